/** Which case files were opened, for the log of readings (L3). Sealed like all else, and sent with the next exchange. */

import type { Store } from './store.ts';

/** Looking at the same case file again within this time is one reading. */
const ONE_READING_MS = 15 * 60_000;

export class Readings {
  readonly #store: Store;
  readonly #noted = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  async note(caseId: string): Promise<void> {
    const { db, vault } = this.#store;
    const now = this.#store.now();
    const last = this.#noted.get(caseId);
    if (last !== undefined && now - last < ONE_READING_MS) return;
    this.#noted.set(caseId, now);
    const reading = { id: crypto.randomUUID(), case: caseId, at: this.#store.stamp() };
    const sealed = await vault.seal('reads', reading.id, reading);
    try {
      await db.put('reads', sealed, reading.id);
    } catch (error) {
      // Where there is no room left the file must still open; its next opening is noted then.
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      this.#noted.delete(caseId);
    }
  }
}
