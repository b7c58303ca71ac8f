/** What a reply says of whole case files: access to one was lost, or it is filled anew (P7, R7). */

import type { FileEvent } from '../messages.ts';
import type { Batch } from '../../store/batch.ts';
import { rangeOf, type StoredFile } from '../../store/files.ts';
import { historyOf } from '../../store/history_rows.ts';
import type { VerdictsApplication } from './apply_verdicts.ts';
import type { IndexEntry } from '../../store/sync_state.ts';
import type { Store } from '../../store/store.ts';

export class AccessApplication {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #verdicts: VerdictsApplication;
  /** case files that go */
  readonly purged = new Set<string>();
  /** whose access was lost while something of them waits (R7) */
  readonly postponed = new Map<string, IndexEntry>();
  /** that are filled: as they lie here before it */
  readonly filled = new Map<string, StoredFile>();

  constructor(store: Store, batch: Batch, verdicts: VerdictsApplication) {
    this.#store = store;
    this.#batch = batch;
    this.#verdicts = verdicts;
  }

  /** [P7, R7] A purge before a fill of the same file replaces it; a purge alone waits until nothing of it waits. */
  async apply(events: FileEvent[]): Promise<void> {
    const kept = new Set<string>();
    for (const [at, { case: caseId, event }] of events.entries()) {
      if (event === 'check') continue;
      if (event === 'backfill') {
        kept.add(caseId);
        this.purged.delete(caseId);
        if (!this.filled.has(caseId) && this.#store.index.get(caseId)?.purge)
          this.filled.set(caseId, await this.#store.files.of(caseId));
        continue;
      }
      const isFilledAfter = events
        .slice(at)
        .some((one) => one.case === caseId && one.event === 'backfill');
      if (isFilledAfter) await this.#empty(caseId);
      else this.purged.add(caseId);
    }
    for (const [caseId, entry] of this.#store.index) {
      if (entry.purge && !kept.has(caseId)) this.purged.add(caseId);
    }
    for (const caseId of this.purged) {
      if (this.#verdicts.ofCase(caseId).some((entry) => entry.state === 'waiting'))
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
    this.#batch.delete('pictures', IDBKeyRange.bound([name], [name, []]));
  }

  async #postpone(caseId: string): Promise<void> {
    this.purged.delete(caseId);
    const { resetCount } = this.#store.syncState;
    const before = this.#store.index.get(caseId) ?? emptyEntry(caseId, resetCount);
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

function emptyEntry(caseId: string, resetCount: number): IndexEntry {
  return { case: caseId, resetCount, day: '', segments: 0, summary: null };
}
