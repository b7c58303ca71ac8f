/** The records of a reply, laid down in new segments, and the index entries of the case files that they change (R3). */

import type { Page, Verdicts } from '../messages.ts';
import type { Batch } from '../../store/batch.ts';
import { groupByCase, ceiling, latestRank, parsedRecords } from './group_by_case.ts';
import { inSegments, nextSegment, withRecords, type StoredFile } from '../../store/files.ts';
import { indexed, standingOf, type Indexing } from '../../store/indexing.ts';
import type { AccessApplication } from './apply_access.ts';
import type { Copy, OwnChange, WireRecord } from '../../store/records.ts';
import type { VerdictsApplication } from './apply_verdicts.ts';
import type { IndexEntry } from '../../store/sync_state.ts';
import type { Store } from '../../store/store.ts';

/** What a file that was not opened gets, and where its segments stand then. */
interface Added {
  copies: Map<string, Copy>;
  segments: number;
  last: number;
}

export class RecordsApplication {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #verdicts: VerdictsApplication;
  readonly #access: AccessApplication;
  readonly #resetCount: number;
  /** case files as they will lie here */
  readonly #files: Map<string, StoredFile>;
  /** files that were not opened: what they get is all of these records (`hasNoServerCopy`) */
  readonly #added = new Map<string, Added>();
  readonly #indexing: Promise<IndexEntry>[] = [];
  /** files of a first fetch, let go of once they are sealed and summarised */
  readonly #passed = new Set<string>();
  /** the latest rank that the clock may follow (C3) */
  latest = '';

  constructor(
    store: Store,
    batch: Batch,
    verdicts: VerdictsApplication,
    access: AccessApplication,
  ) {
    this.#store = store;
    this.#batch = batch;
    this.#verdicts = verdicts;
    this.#access = access;
    this.#resetCount = store.syncState.resetCount;
    this.#files = access.filled;
  }

  /** [R3] New segments for each case file that got anything newer. */
  async apply(page: Verdicts & Partial<Page>): Promise<void> {
    const bound = ceiling(this.#store.now());
    for (const [caseId, ofCase] of groupByCase(page)) {
      if (this.#access.purged.has(caseId)) continue;
      const { records, texts } = parsedRecords(ofCase);
      this.latest = latestRank(records, this.latest, bound);
      if (this.#haveNoServerCopy(caseId, records)) await this.#add(caseId, records);
      else await this.#applyTo(caseId, records, texts);
      if (this.#files.has(caseId) && this.#isPassing(caseId)) this.#letPass(caseId);
    }
  }

  async #applyTo(caseId: string, records: WireRecord[], texts: string[]): Promise<void> {
    const before = this.#files.get(caseId) ?? (await this.#fileOf(caseId));
    const [file, taken] = withRecords(before, records, this.#resetCount);
    if (taken.length === 0) return;
    const name = await this.#store.vault.name(caseId);
    const added = inSegments(taken, nextSegment(file));
    for (const [n, some] of added) {
      const inText = some.map((at) => texts[at] ?? JSON.stringify(records[at])).join(',');
      this.#batch.putText(
        'files',
        [name, n],
        `{"resetCount":${this.#resetCount},"records":[${inText}]}`,
      );
    }
    const segments = [...file.segments, ...added.map(([n]) => n)];
    this.#files.set(caseId, { copies: file.copies, segments });
  }

  /** Whether no copy of these records lies here, and their file need not be opened to tell. */
  #haveNoServerCopy(caseId: string, records: WireRecord[]): boolean {
    const { files, index, outbox } = this.#store;
    const known = index.get(caseId);
    if (!known?.summary || known.last === undefined || files.isDecoded(caseId)) return false;
    if (this.#files.has(caseId) || known.purge) return false;
    const haveNoServerCopy = (entries: OwnChange[]) =>
      entries.length > 0 && entries.every((one) => one.hasNoServerCopy);
    return records.every(({ id }) => haveNoServerCopy(outbox.ofRecord(id)));
  }

  /** [R3] What is the first of its record is newer than nothing. */
  async #add(caseId: string, records: WireRecord[]): Promise<void> {
    const copies = new Map(
      records.map((record) => [record.id, { ...record, resetCount: this.#resetCount }]),
    );
    const { last = -1, segments } = this.#store.index.get(caseId) ?? { segments: 0 };
    const name = await this.#store.vault.name(caseId);
    const added = inSegments([...copies.values()], last + 1);
    for (const [n, some] of added)
      this.#batch.put('files', [name, n], { resetCount: this.#resetCount, records: some });
    const counts = { segments: segments + added.length, last: last + added.length };
    this.#added.set(caseId, { copies, ...counts });
  }

  /** The server's copy of an entry's record, as far as this reply says anything of its file. */
  copyOf({ change }: OwnChange): Copy | undefined {
    const { case: caseId, record } = change;
    return (this.#files.get(caseId) ?? this.#added.get(caseId))?.copies.get(record);
  }

  /** During a first fetch nothing looks back at a file unless own entries lie on it. */
  #isPassing(caseId: string): boolean {
    return !this.#store.syncState.complete && this.#store.outbox.ofCase(caseId).length === 0;
  }

  #letPass(caseId: string): void {
    this.#indexing.push(this.#indexed(caseId));
    this.#passed.add(caseId);
    this.#files.delete(caseId);
  }

  /** A file of which the index knows nothing has no segments: the first fetch reads nothing back. */
  async #fileOf(caseId: string): Promise<StoredFile> {
    if (!this.#store.index.has(caseId)) return { copies: new Map(), segments: [] };
    return this.#store.files.of(caseId);
  }

  /** The index entries of all case files that change, once the entries are settled. */
  async indexed(): Promise<IndexEntry[]> {
    const cases = new Set([
      ...this.#files.keys(),
      ...this.#added.keys(),
      ...this.#verdicts.cases(),
    ]);
    for (const caseId of this.#access.purged) cases.delete(caseId);
    for (const caseId of cases) this.#indexing.push(this.#indexed(caseId));
    const indexed = await Promise.all(this.#indexing);
    return [...indexed, ...this.#access.postponed.values()];
  }

  async #indexed(caseId: string): Promise<IndexEntry> {
    const taken = this.#files.get(caseId);
    const resetCount = taken
      ? this.#resetCount
      : (this.#store.index.get(caseId)?.resetCount ?? this.#resetCount);
    const entries = this.#verdicts.ofCase(caseId);
    const purge = this.#access.postponed.delete(caseId);
    const added = this.#added.get(caseId);
    const common = { case: caseId, resetCount: added ? this.#resetCount : resetCount, purge };
    if (added)
      return indexed(this.#store, this.#batch, { ...common, ...this.#moving(added, caseId) });
    const file = taken ?? (await this.#store.files.of(caseId));
    const views = () => this.#store.viewsOf(file, entries);
    return indexed(this.#store, this.#batch, { ...common, ...standingOf(file), views });
  }

  /** A file that was not opened: the records of its entries, before and after. */
  #moving(added: Added, caseId: string): Pick<Indexing, 'segments' | 'last' | 'views' | 'changed'> {
    const { files, outbox } = this.#store;
    const before = outbox.ofCase(caseId);
    const changed = before.filter((entry) => this.#verdicts.isChanged(entry));
    const ids = new Set([...added.copies.keys(), ...changed.map(({ change }) => change.record)]);
    const concerned = ({ change }: OwnChange) => ids.has(change.record);
    const own = { copies: added.copies, segments: [] };
    const nothing = { copies: new Map<string, Copy>(), segments: [] };
    const after = this.#verdicts.ofCase(caseId);
    const views = async () => {
      const { copies, segments } = await files.of(caseId);
      return this.#store.viewsOf(
        { copies: new Map([...copies, ...added.copies]), segments },
        after,
      );
    };
    if (before.some((entry) => concerned(entry) && !entry.hasNoServerCopy))
      return { ...added, views };
    const gone = this.#store.viewsOf(nothing, before.filter(concerned));
    const come = this.#store.viewsOf(own, after.filter(concerned));
    return { ...added, views, changed: { gone, come } };
  }

  /** Once it stands on the disk. */
  remember(): void {
    const { files } = this.#store;
    for (const caseId of this.#passed) files.forget(caseId);
    // Whoever decoded it while this was sealed has it as it was before.
    for (const caseId of this.#added.keys()) files.forget(caseId);
    for (const [caseId, file] of this.#files) files.keep(caseId, file);
  }
}
