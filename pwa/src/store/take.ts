/**
 * Taking a reply: verdicts, records, files, cursor and outbox change in one local transaction (R4), and only if the
 * store still stands where the request was made (R3).
 */

import { parse, receive, write } from '../rules/clock.ts';
import { parsedWhole } from '../sync/runs.ts';
import type { Heard, Page, SyncRequest, Verdict, Verdicts } from '../sync/wire.ts';
import type { Batch } from './batch.ts';
import { broughtBy, ceiling, latestRank, opened } from './brought.ts';
import type { Problem } from './engine.ts';
import { inSegments, nextSegment, rangeOf, taking, type CaseFile } from './files.ts';
import { historyOf } from './history_rows.ts';
import { isPending, type Copy, type Entry, type WireRecord } from './records.ts';
import {
  standingOf,
  type IndexEntry,
  type Indexing,
  type Plan,
  type Standing,
  type Store,
} from './store.ts';

/** Where no backup is configured nothing tells that a held entry is safe; it stays as long as others do (P10). */
const HELD_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const SKEW_TOLD_MS = 5 * 60 * 1000;

/** [R3, R4] Takes verdicts and page; false where the store has moved on since the request. */
export function takeReply(
  store: Store,
  request: SyncRequest,
  reply: Page | Verdicts,
): Promise<boolean> {
  const take = (page: Page | Verdicts) =>
    store.mutate((batch) => {
      if (request.cursor !== store.standing.cursor) return null;
      return new Taking(store, batch, request, page).plan();
    });
  return take(reply).catch((error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    return take(parsedWhole(reply));
  });
}

/** [P6] The server is not the one of our cursor. Drops the cursor; what is not proven to be in a backup is offered again, in order. */
export async function takeReset(
  store: Store,
  request: SyncRequest,
  reset: Heard,
): Promise<boolean> {
  const rows = await sentRows(store);
  return store.mutate(async (batch) => {
    const before = store.standing;
    if (request.cursor !== before.cursor) return null;
    // A copy of what was sent lies here: nothing of it is alone.
    const offeredAgain = (entry: Entry): Entry => ({ ...entry, state: 'waiting', alone: false });
    const again = rows.flat().map(offeredAgain);
    const offered = store.outbox
      .all()
      .filter(({ state }) => state === 'acknowledged' || state === 'held');
    again.push(...offered.map(offeredAgain));
    for (const entry of again) batch.put('outbox', entry.n, entry);
    // What was held is shown again.
    const held = offered.filter(({ state }) => state === 'held').map(({ n }) => n);
    const shown = again.filter(({ n }) => held.includes(n));
    const cases = [...new Set(shown.map(({ change }) => change.case))];
    const indexed = await store.reindexed(batch, cases, shown, held);
    batch.delete('sent', IDBKeyRange.lowerBound([0, 0, 0]));
    const standing: Standing = {
      ...before,
      epoch: reset.epoch,
      era: before.era + 1,
      cursor: null,
      durable: 0,
      sweep: true,
      checkedAt: 0,
    };
    batch.put('state', 'standing', standing);
    return {
      durability: 'strict',
      cases,
      after: () => {
        store.standing = standing;
        for (const entry of again) store.outbox.put(entry);
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
}

/** [R6] An entry that our server refuses stands aside with its reason; the others flow. */
export async function setAside(store: Store, change: string, problem: Problem): Promise<void> {
  await store.mutate((batch) => {
    const entry = store.outbox.ofChange(change);
    if (!entry) return null;
    const aside: Entry = { ...entry, state: 'refused', problem, settledAt: store.now() };
    batch.put('outbox', entry.n, aside);
    return {
      durability: 'strict',
      cases: [entry.change.case],
      after: () => {
        store.outbox.put(aside);
      },
    };
  });
}

/** The rows of `sent`, each the entries that one exchange settled. */
export async function sentRows(store: Store, last = Number.MAX_SAFE_INTEGER): Promise<Entry[][]> {
  const keys = (await store.db.getAllKeys('sent')).slice(-last);
  const [first] = keys;
  if (!first) return [];
  const rows = await store.db.getAll('sent', IDBKeyRange.lowerBound(first));
  return store.openRows<Entry[]>('sent', keys, rows);
}

class Taking {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #request: SyncRequest;
  readonly #page: Verdicts & Partial<Page>;
  readonly #era: number;
  /** entries as they will stand, by counter; null for those that leave the outbox */
  readonly #entries = new Map<number, Entry | null>();
  readonly #files = new Map<string, CaseFile>();
  /** files that were not opened: what they get is all of these records (`alone`) */
  readonly #added = new Map<string, Added>();
  readonly #purged = new Set<string>();
  readonly #kept = new Set<string>();
  /** files whose access was lost while something of them waits (R7) */
  readonly #postponed = new Map<string, IndexEntry>();
  readonly #indexing: Promise<IndexEntry>[] = [];
  /** files of a first fetch, let go of once they are sealed and summarised */
  readonly #passed = new Set<string>();
  #indexed: IndexEntry[] = [];
  /** the latest rank that the clock may follow (C3) */
  #latest = '';

  constructor(store: Store, batch: Batch, request: SyncRequest, page: Page | Verdicts) {
    this.#store = store;
    this.#batch = batch;
    this.#request = request;
    this.#page = page;
    this.#era = store.standing.era;
  }

  async plan(): Promise<Plan> {
    const now = this.#store.now();
    for (const verdict of this.#page.verdicts) this.#judge(verdict, now);
    await this.#takeFiles();
    await this.#takeRecords();
    this.#settle(now);
    this.#writeEntries();
    await this.#reindex();
    const standing = this.#standing(now);
    this.#batch.put('state', 'standing', standing);
    for (const reading of this.#request.reads ?? []) this.#batch.delete('reads', reading.id);
    return {
      durability: this.#page.verdicts.length > 0 ? 'strict' : 'relaxed',
      cases: [...new Set([...this.#purged, ...this.#indexed.map((entry) => entry.case)])],
      after: () => {
        this.#remember(standing);
      },
    };
  }

  /** [W2, R6] */
  #judge({ id, verdict, seq, problem }: Verdict, now: number): void {
    const entry = this.#store.outbox.ofChange(id);
    if (!entry) return;
    const settled = { ...entry, settledAt: now };
    if (verdict === 'refused') {
      this.#put({ ...settled, state: 'refused', problem: problem ?? { code: 'internal' } });
    } else if (verdict === 'held') {
      this.#put({ ...settled, state: 'held' });
    } else {
      const placed = seq === undefined ? {} : { era: this.#era, seq };
      this.#put({ ...settled, ...placed, state: 'acknowledged' });
    }
  }

  #put(entry: Entry): void {
    this.#entries.set(entry.n, entry);
  }

  /** What stays is sealed once, as it stays; what goes, goes in runs: a backlog is one run. */
  #writeEntries(): void {
    let run: [from: number, to: number] | null = null;
    const drop = () => {
      if (run) this.#batch.delete('outbox', IDBKeyRange.bound(...run));
    };
    for (const [n, entry] of [...this.#entries].sort(([a], [b]) => a - b)) {
      if (entry) this.#batch.put('outbox', n, entry);
      else if (run?.[1] === n - 1) run[1] = n;
      else {
        drop();
        run = [n, n];
      }
    }
    drop();
  }

  /** [P7, R7] A purge before a fill of the same file replaces it; a purge alone waits until nothing of it waits. */
  async #takeFiles(): Promise<void> {
    const events = this.#page.files ?? [];
    for (const [at, { case: caseId, event }] of events.entries()) {
      if (event === 'check') continue;
      if (event === 'fill') {
        this.#kept.add(caseId);
        this.#purged.delete(caseId);
        if (!this.#files.has(caseId) && this.#store.index.get(caseId)?.purge)
          this.#files.set(caseId, await this.#store.files.of(caseId));
        continue;
      }
      const filledAfter = events
        .slice(at)
        .some((one) => one.case === caseId && one.event === 'fill');
      if (filledAfter) await this.#empty(caseId);
      else this.#purged.add(caseId);
    }
    for (const [caseId, entry] of this.#store.index) {
      if (entry.purge && !this.#kept.has(caseId)) this.#purged.add(caseId);
    }
    for (const caseId of this.#purged) {
      if (this.#entriesOf(caseId).some((entry) => entry.state === 'waiting'))
        await this.#postpone(caseId);
      else await this.#purge(caseId);
    }
  }

  async #empty(caseId: string): Promise<void> {
    const name = await this.#store.vault.name(caseId);
    this.#batch.delete('files', rangeOf(name));
    this.#batch.delete('state', historyOf(name));
    this.#files.set(caseId, { copies: new Map(), segments: [] });
  }

  async #purge(caseId: string): Promise<void> {
    const name = await this.#store.vault.name(caseId);
    this.#batch.delete('files', rangeOf(name));
    this.#batch.delete('state', historyOf(name));
    this.#batch.delete('index', name);
    this.#files.delete(caseId);
  }

  async #postpone(caseId: string): Promise<void> {
    this.#purged.delete(caseId);
    const before = this.#store.index.get(caseId);
    const entry: IndexEntry = { ...(before ?? emptyEntry(caseId, this.#era)), purge: true };
    this.#batch.put('index', await this.#store.vault.name(caseId), entry);
    this.#postponed.set(caseId, entry);
  }

  /** [R3] New segments for each case file that got anything newer. */
  async #takeRecords(): Promise<void> {
    const bound = ceiling(this.#store.now());
    for (const [caseId, brought] of broughtBy(this.#page)) {
      if (this.#purged.has(caseId)) continue;
      const { records, texts } = opened(brought);
      this.#latest = latestRank(records, this.#latest, bound);
      if (this.#areAlone(caseId, records)) await this.#add(caseId, records);
      else await this.#takeInto(caseId, records, texts);
      if (this.#files.has(caseId) && this.#isPassing(caseId)) this.#letPass(caseId);
    }
  }

  async #takeInto(caseId: string, records: WireRecord[], texts: string[]): Promise<void> {
    const before = this.#files.get(caseId) ?? (await this.#fileOf(caseId));
    const [file, taken] = taking(before, records, this.#era);
    if (taken.length === 0) return;
    const name = await this.#store.vault.name(caseId);
    const added = inSegments(taken, nextSegment(file));
    for (const [n, some] of added) {
      const inText = some.map((at) => texts[at] ?? JSON.stringify(records[at])).join(',');
      this.#batch.putText('files', [name, n], `{"era":${this.#era},"records":[${inText}]}`);
    }
    const segments = [...file.segments, ...added.map(([n]) => n)];
    this.#files.set(caseId, { copies: file.copies, segments });
  }

  /** Whether no copy of these records lies here, and their file need not be opened to tell. */
  #areAlone(caseId: string, records: WireRecord[]): boolean {
    const { files, index, outbox } = this.#store;
    const known = index.get(caseId);
    if (!known?.summary || known.last === undefined || files.isDecoded(caseId)) return false;
    if (this.#files.has(caseId) || known.purge) return false;
    const areAlone = (entries: Entry[]) => entries.length > 0 && entries.every((one) => one.alone);
    return records.every(({ id }) => areAlone(outbox.ofRecord(id)));
  }

  /** [R3] What is the first of its record is newer than nothing. */
  async #add(caseId: string, records: WireRecord[]): Promise<void> {
    const copies = new Map(records.map((record) => [record.id, { ...record, era: this.#era }]));
    const { last = -1, segments } = this.#store.index.get(caseId) ?? { segments: 0 };
    const name = await this.#store.vault.name(caseId);
    const added = inSegments([...copies.values()], last + 1);
    for (const [n, some] of added)
      this.#batch.put('files', [name, n], { era: this.#era, records: some });
    const counts = { segments: segments + added.length, last: last + added.length };
    this.#added.set(caseId, { copies, ...counts });
  }

  #copyOf({ change }: Entry): Copy | undefined {
    const { case: caseId, record } = change;
    return (this.#files.get(caseId) ?? this.#added.get(caseId))?.copies.get(record);
  }

  /** During a first fetch nothing looks back at a file unless own entries lie on it. */
  #isPassing(caseId: string): boolean {
    return !this.#store.standing.complete && this.#store.outbox.ofCase(caseId).length === 0;
  }

  #letPass(caseId: string): void {
    this.#indexing.push(this.#reindexed(caseId));
    this.#passed.add(caseId);
    this.#files.delete(caseId);
  }

  /** A file of which the index knows nothing has no segments: the first fetch reads nothing back. */
  async #fileOf(caseId: string): Promise<CaseFile> {
    if (!this.#store.index.has(caseId)) return { copies: new Map(), segments: [] };
    return this.#store.files.of(caseId);
  }

  /** [R5] What the server's copy has reached leaves the outbox, and stays sealed until it is durable. */
  #settle(now: number): void {
    const settled: Entry[] = [];
    for (const known of this.#store.outbox.all()) {
      const entry = this.#entries.get(known.n) ?? known;
      const copy = this.#copyOf(entry);
      const isReached =
        entry.state === 'acknowledged' && copy !== undefined && !isPending(entry, copy);
      const isGone = this.#purged.has(entry.change.case) && entry.state === 'acknowledged';
      const isOld = entry.state === 'held' && now - (entry.settledAt ?? now) > HELD_KEPT_MS;
      if (!isReached && !isGone && !isOld) {
        if (copy && entry.alone) this.#put({ ...entry, alone: false });
        continue;
      }
      if (!isOld) settled.push(entry);
      this.#entries.set(entry.n, null);
    }
    const durable = this.#page.durable;
    if (durable > this.#store.standing.durable) {
      const reached = IDBKeyRange.bound([0, 0, 0], [this.#era, durable, Number.MAX_SAFE_INTEGER]);
      this.#batch.delete('sent', reached);
    }
    const seqs = settled.map((entry) => entry.seq ?? 0);
    const [first] = settled;
    if (first && Math.max(...seqs) > durable) {
      this.#batch.put('sent', [this.#era, Math.max(...seqs), first.n], settled);
    }
  }

  async #reindex(): Promise<void> {
    const cases = new Set([...this.#files.keys(), ...this.#added.keys()]);
    for (const entry of this.#entries.values()) if (entry) cases.add(entry.change.case);
    for (const caseId of this.#purged) cases.delete(caseId);
    for (const caseId of cases) this.#indexing.push(this.#reindexed(caseId));
    this.#indexed = await Promise.all(this.#indexing);
    this.#indexed.push(...this.#postponed.values());
  }

  async #reindexed(caseId: string): Promise<IndexEntry> {
    const taken = this.#files.get(caseId);
    const era = taken ? this.#era : (this.#store.index.get(caseId)?.era ?? this.#era);
    const entries = this.#entriesOf(caseId);
    const purge = this.#postponed.delete(caseId);
    const added = this.#added.get(caseId);
    const common = { case: caseId, era: added ? this.#era : era, purge };
    if (added)
      return this.#store.indexed(this.#batch, { ...common, ...this.#moving(added, caseId) });
    const file = taken ?? (await this.#store.files.of(caseId));
    const views = () => this.#store.viewsOf(file, entries);
    return this.#store.indexed(this.#batch, { ...common, ...standingOf(file), views });
  }

  /** A file that was not opened: the records of its entries, before and after. */
  #moving(added: Added, caseId: string): Pick<Indexing, 'segments' | 'last' | 'views' | 'changed'> {
    const { files, outbox } = this.#store;
    const before = outbox.ofCase(caseId);
    const changed = before.filter((entry) => this.#entries.has(entry.n));
    const ids = new Set([...added.copies.keys(), ...changed.map(({ change }) => change.record)]);
    const concerned = ({ change }: Entry) => ids.has(change.record);
    const own = { copies: added.copies, segments: [] };
    const nothing = { copies: new Map<string, Copy>(), segments: [] };
    const after = this.#entriesOf(caseId);
    const views = async () => {
      const { copies, segments } = await files.of(caseId);
      return this.#store.viewsOf(
        { copies: new Map([...copies, ...added.copies]), segments },
        after,
      );
    };
    if (before.some((entry) => concerned(entry) && !entry.alone)) return { ...added, views };
    const gone = this.#store.viewsOf(nothing, before.filter(concerned));
    const come = this.#store.viewsOf(own, after.filter(concerned));
    return { ...added, views, changed: { gone, come } };
  }

  #entriesOf(caseId: string): Entry[] {
    return this.#store.outbox
      .ofCase(caseId)
      .map((entry) => {
        const next = this.#entries.get(entry.n);
        return next === undefined ? entry : next;
      })
      .filter((entry) => entry !== null);
  }

  #standing(now: number): Standing {
    const before = this.#store.standing;
    const page = this.#page;
    const server = page.server_time;
    const skew = now - server;
    const isQuiet = page.more === false;
    return {
      ...before,
      epoch: page.epoch,
      cursor: page.cursor ?? before.cursor,
      durable: Math.max(before.durable, page.durable),
      clock: this.#clockAfter(server, now),
      counter: Math.max(before.counter, this.#store.outbox.lastCounter()),
      complete: before.complete || isQuiet,
      checkedAt: before.complete || !isQuiet ? before.checkedAt : now,
      done: page.progress?.done ?? before.done,
      total: page.progress?.total ?? before.total,
      lastSentAt: isQuiet && this.#waiting() === 0 ? now : before.lastSentAt,
      lastFetchedAt: isQuiet ? now : before.lastFetchedAt,
      clockSkewMs: Math.abs(skew) > SKEW_TOLD_MS ? skew : null,
    };
  }

  #waiting(): number {
    const next = this.#store.outbox.all().map((entry) => this.#entries.get(entry.n) ?? entry);
    return next.filter((entry) => entry.state === 'waiting').length;
  }

  /** [C3] The clock follows what it received, unless that runs wild. */
  #clockAfter(serverMs: number, now: number): string {
    let clock = this.#store.clock;
    if (this.#latest > clock) clock = receive(clock, this.#latest, now, this.#store.node);
    if (!Number.isFinite(serverMs)) return clock;
    const { node } = parse(clock);
    return receive(clock, write({ time_ms: serverMs, counter: 0, node }), now, this.#store.node);
  }

  #remember(standing: Standing): void {
    const store = this.#store;
    if (standing.complete && !store.standing.complete) performance.mark('first fetch complete');
    store.standing = standing;
    store.moveClock(standing.clock);
    for (const [n, entry] of this.#entries) {
      if (entry) store.outbox.put(entry);
      else store.outbox.remove(n);
    }
    for (const caseId of this.#purged) {
      store.files.forget(caseId);
      store.index.delete(caseId);
    }
    for (const caseId of this.#passed) store.files.forget(caseId);
    // Whoever decoded it while this was sealed has it as it was before.
    for (const caseId of this.#added.keys()) store.files.forget(caseId);
    for (const [caseId, file] of this.#files) store.files.keep(caseId, file);
    for (const entry of this.#indexed) store.index.set(entry.case, entry);
  }
}

/** What a file that was not opened gets, and where its segments stand then. */
interface Added {
  copies: Map<string, Copy>;
  segments: number;
  last: number;
}

function emptyEntry(caseId: string, era: number): IndexEntry {
  return { case: caseId, era, day: '', segments: 0, summary: null };
}
