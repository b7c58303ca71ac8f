/** What the open tabs tell each other: that one wrote or locked, the key for a new tab of the same person, and who sends. */

import type { Bytes } from '../model/keys.ts';

export type TabMessage =
  | { type: 'wrote'; profile: string; cases: string[] }
  | { type: 'lock'; profile: string }
  | { type: 'who?' }
  /** in memory from tab to tab; a channel stores nothing */
  | { type: 'open'; profile: string; dataKey: Bytes };

const CHANNEL = 'ovikello';
/** held, shared, by every tab that is open: a new tab asks for the key only if somebody can answer */
const OPEN_LOCK = 'ovikello-open';
const KEY_WAIT_MS = 500;

/** How often the tab that sends says that it lives. */
const ALIVE_MS = 3_000;
/** A tab that is silent this long is frozen; what it still writes when it thaws is refused by R3. */
const SILENCE_MAX_MS = 15_000;

export class Tabs {
  readonly #channel = new BroadcastChannel(CHANNEL);

  listen(heard: (message: TabMessage) => void): void {
    this.#channel.onmessage = (message: MessageEvent<TabMessage>) => {
      heard(message.data);
    };
  }

  post(message: TabMessage): void {
    this.#channel.postMessage(message);
  }

  close(): void {
    this.#channel.close();
  }
}

/** Tells other tabs that this one can answer; what it returns takes that back. */
export function holdOpen(): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void webLocks()?.request(OPEN_LOCK, { mode: 'shared' }, () => held);
  return release;
}

/** The data key of a tab that is open; null if there is none. */
export async function askForKey(): Promise<{ profile: string; dataKey: Bytes } | null> {
  const { held = [] } = (await webLocks()?.query()) ?? {};
  if (!held.some((lock) => lock.name === OPEN_LOCK)) return null;
  const channel = new BroadcastChannel(CHANNEL);
  const found = await new Promise<{ profile: string; dataKey: Bytes } | null>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.type === 'open') resolve(data);
    };
    setTimeout(() => {
      resolve(null);
    }, KEY_WAIT_MS);
    channel.postMessage({ type: 'who?' } satisfies TabMessage);
  });
  channel.close();
  return found;
}

/** [R8] Does `work` as the only one among the tabs of a person. Whoever holds the place and falls silent loses it. */
export async function asSyncer<T>(
  lock: string,
  work: () => Promise<T>,
  silenceMaxMs = SILENCE_MAX_MS,
): Promise<T> {
  const locks = webLocks();
  if (!locks) return work();
  const channel = new BroadcastChannel(lock);
  const tooLong = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      tooLong.abort();
    }, silenceMaxMs);
  };
  const hold = async () => {
    clearTimeout(timer);
    channel.onmessage = null;
    channel.postMessage(null);
    const beating = setInterval(() => {
      channel.postMessage(null);
    }, ALIVE_MS);
    try {
      return await work();
    } finally {
      clearInterval(beating);
    }
  };
  channel.onmessage = listen;
  listen();
  try {
    return await locks.request(lock, { signal: tooLong.signal }, hold);
  } catch (error) {
    if (!tooLong.signal.aborted) throw error;
    return await locks.request(lock, { steal: true }, hold);
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** Not every browser that can hold the store has locks. */
function webLocks(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}
