/** What a reply says of whole case files: access to one was lost, or it is filled anew (P7, R7). */

import type { FileEvent } from '../sync/wire.ts';
import type { Batch } from './batch.ts';
import { rangeOf, type CaseFile } from './files.ts';
import { historyOf } from './history_rows.ts';
import type { Settling } from './settling.ts';
import type { IndexEntry } from './standing.ts';
import type { Store } from './store.ts';

export class Purging {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #settling: Settling;
  /** case files that go */
  readonly purged = new Set<string>();
  /** whose access was lost while something of them waits (R7) */
  readonly postponed = new Map<string, IndexEntry>();
  /** that are filled: as they lie here before it */
  readonly filled = new Map<string, CaseFile>();

  constructor(store: Store, batch: Batch, settling: Settling) {
    this.#store = store;
    this.#batch = batch;
    this.#settling = settling;
  }

  /** [P7, R7] A purge before a fill of the same file replaces it; a purge alone waits until nothing of it waits. */
  async take(events: FileEvent[]): Promise<void> {
    const kept = new Set<string>();
    for (const [at, { case: caseId, event }] of events.entries()) {
      if (event === 'check') continue;
      if (event === 'fill') {
        kept.add(caseId);
        this.purged.delete(caseId);
        if (!this.filled.has(caseId) && this.#store.index.get(caseId)?.purge)
          this.filled.set(caseId, await this.#store.files.of(caseId));
        continue;
      }
      const isFilledAfter = events
        .slice(at)
        .some((one) => one.case === caseId && one.event === 'fill');
      if (isFilledAfter) await this.#empty(caseId);
      else this.purged.add(caseId);
    }
    for (const [caseId, entry] of this.#store.index) {
      if (entry.purge && !kept.has(caseId)) this.purged.add(caseId);
    }
    for (const caseId of this.purged) {
      if (this.#settling.ofCase(caseId).some((entry) => entry.state === 'waiting'))
        await this.#postpone(caseId);
      else await this.#purge(caseId);
    }
  }

  async #empty(caseId: string): Promise<void> {
    await this.#deleteRecords(caseId);
    this.filled.set(caseId, { copies: new Map(), segments: [] });
  }

  async #purge(caseId: string): Promise<void> {
    await this.#deleteRecords(caseId);
    this.#batch.delete('index', await this.#store.vault.name(caseId));
    this.filled.delete(caseId);
  }

  async #deleteRecords(caseId: string): Promise<void> {
    const name = await this.#store.vault.name(caseId);
    this.#batch.delete('files', rangeOf(name));
    this.#batch.delete('state', historyOf(name));
  }

  async #postpone(caseId: string): Promise<void> {
    this.purged.delete(caseId);
    const { era } = this.#store.standing;
    const before = this.#store.index.get(caseId) ?? emptyEntry(caseId, era);
    const entry: IndexEntry = { ...before, purge: true };
    this.#batch.put('index', await this.#store.vault.name(caseId), entry);
    this.postponed.set(caseId, entry);
  }

  /** Once it stands on the disk. */
  remember(): void {
    for (const caseId of this.purged) {
      this.#store.files.forget(caseId);
      this.#store.index.delete(caseId);
    }
  }
}

function emptyEntry(caseId: string, era: number): IndexEntry {
  return { case: caseId, era, day: '', segments: 0, summary: null };
}
