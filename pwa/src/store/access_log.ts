/** Which case files were opened, for the access log (L3). Sealed like all else, and sent with the next exchange. */

import { isId } from '../rules/id.ts';
import type { Store } from './store.ts';

/** Looking at the same case file again within this time is one reading. */
const ONE_READING_MS = 15 * 60_000;

export class AccessLog {
  readonly #store: Store;
  readonly #noted = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** [R11] Nothing lies under what is no id: nothing was read. */
  async note(caseId: string): Promise<void> {
    if (!isId(caseId)) return;
    const { db, vault, session } = this.#store;
    // Nothing of a client lies in the organisation's file and in one's own.
    if (caseId === session.organisation || caseId === session.user) return;
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
