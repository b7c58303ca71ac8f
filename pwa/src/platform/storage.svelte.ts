/** How much room there is on this device, and whether the browser has promised to keep what is there. */

const ALMOST_FULL = 0.8;

let used = $state<number | null>(null);
let quota = $state<number | null>(null);
let isLasting = $state<boolean | null>(null);

export const storage = {
  /** bytes; `null`: the browser does not tell */
  get used(): number | null {
    return used;
  },
  /** of what the browser gives us at most, in whole per cents; `null`: it does not tell */
  get percent(): number | null {
    if (used === null || quota === null || quota <= 0) return null;
    return Math.min(100, Math.ceil((used / quota) * 100));
  },
  get isAlmostFull(): boolean {
    return used !== null && quota !== null && quota > 0 && used / quota >= ALMOST_FULL;
  },
  get isLasting(): boolean | null {
    return isLasting;
  },
  async measure(): Promise<void> {
    const estimate = await navigator.storage.estimate();
    used = estimate.usage ?? null;
    quota = estimate.quota ?? null;
    isLasting = (await navigator.storage.persisted()) || isLasting === true;
  },
  /** Asks for lasting storage, once there is something to keep. Browsers decide by themselves, most without a question. */
  async ask(): Promise<void> {
    // Firefox puts a question to the person: not again where the answer is there already.
    isLasting = (await navigator.storage.persisted()) || (await navigator.storage.persist());
    await storage.measure();
  },
};
