/**
 * Something made of every case file when somebody asks for it: a few files at a time, so that nothing else waits, and anew where
 * one has changed. It lies in this worker's memory and nowhere else, and is gone with the lock.
 */

import type { RecordView } from '../model/engine.ts';
import type { Store } from './store.ts';

/** An answer says what it has after this time; the rest is gathered for the next. */
export const GATHER_MS = 60;

export class Gathering<Made> {
  readonly #store: Store;
  readonly #make: (views: RecordView[]) => Made;
  readonly #made = new Map<string, Made>();
  readonly #reading = new Set<string>();

  constructor(store: Store, make: (views: RecordView[]) => Made) {
    this.#store = store;
    this.#make = make;
  }

  /** These case files have changed: what is being read of them now is old. */
  forget(cases: string[]): void {
    for (const caseId of cases) {
      this.#made.delete(caseId);
      this.#reading.delete(caseId);
    }
  }

  /** Of one case file; undefined while it has not been looked at. */
  of(caseId: string): Made | undefined {
    return this.#made.get(caseId);
  }

  async gather(cases: string[]): Promise<void> {
    const until = performance.now() + GATHER_MS;
    for (const caseId of cases) {
      if (this.#made.has(caseId)) continue;
      this.#reading.add(caseId);
      const file = await this.#store.files.read(caseId);
      if (!this.#reading.delete(caseId)) continue;
      const views = this.#store.viewsOf(file, this.#store.outbox.ofCase(caseId));
      this.#made.set(caseId, this.#make(views));
      if (performance.now() > until) return;
    }
  }
}
