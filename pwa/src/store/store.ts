/**
 * One person's unlocked store: what is in memory, and the one way to change what is on the disk.
 *
 * Everything is sealed before a transaction opens, written at once, and only then does memory change (R4). Several tabs
 * may have the same store open: a counter of commits tells a tab that another one wrote; it reads again and tries anew.
 */

import { moved, summarise, todayOf } from '../domain/summary.ts';
import { inherited, type Change } from '../rules/merge.ts';
import { isStamp, tick, ZERO } from '../rules/clock.ts';
import { Batch, place, Stale, type Key } from './batch.ts';
import { openSealed, type SealedDb, type Table } from './db.ts';
import type { CaseSummary, Edit, Person, RecordView, Session } from './engine.ts';
import { Files, type CaseFile } from './files.ts';
import { Outbox } from './outbox.ts';
import { viewOf, type Copy, type Entry } from './records.ts';
import { Tampered, type Bytes, type Vault } from './vault.ts';

/** What the small sealed index keeps of a case file. */
export interface IndexEntry {
  case: string;
  /** the era in which a record of it came last; what an era's first fetch did not bring is not ours any more */
  era: number;
  /** for which the summary was made */
  day: string;
  segments: number;
  /** the number of the last of them; missing where it was never noted */
  last?: number;
  summary: CaseSummary | null;
  /** only of the shared file */
  people?: Person[];
  /** [R7] access was lost; it goes once nothing of it waits */
  purge?: true;
}

/** Where this device stands with the server. */
export interface Standing {
  cursor: string | null;
  epoch: string | null;
  /** counts the resets of this device (P6) */
  era: number;
  durable: number;
  /** the clock's last stamp, and the outbox's next counter, as of the last exchange */
  clock: string;
  counter: number;
  /** the highest counter that a request has carried: what stands above can still be taken back */
  carried: number;
  /** the first fetch is complete */
  complete: boolean;
  done: number;
  total: number;
  lastSentAt: number | null;
  lastFetchedAt: number | null;
  clockSkewMs: number | null;
  /** after a reset: files and records of earlier eras go when the fetch is complete */
  sweep: boolean;
  /** when digests were last compared (ms) */
  checkedAt: number;
}

const START: Standing = {
  cursor: null, epoch: null, era: 1, durable: 0, clock: ZERO, counter: 0, carried: 0, complete: false,
  done: 0, total: 0, lastSentAt: null, lastFetchedAt: null, clockSkewMs: null, sweep: false, checkedAt: 0,
}; // prettier-ignore

/** What a plan does once it stands on the disk, and whom it concerns. */
export interface Plan {
  durability: IDBTransactionDurability;
  after: () => void;
  cases: string[];
}

/** The store was locked while something was still to be done with it. */
export class Locked extends Error {
  override readonly name = 'Locked';
}

/** A case file as it is about to be. */
export interface Indexing {
  case: string;
  era: number;
  purge: boolean;
  segments: number;
  last: number;
  /** all of its records; asked for only where the summary has to be made anew */
  views: () => RecordView[] | Promise<RecordView[]>;
  /** those that change, before and after */
  changed?: { gone: RecordView[]; come: RecordView[] };
}

export class Store {
  readonly vault: Vault;
  readonly db: SealedDb;
  readonly session: Session;
  readonly files: Files;
  readonly now: () => number;
  index = new Map<string, IndexEntry>();
  outbox = new Outbox();
  standing: Standing = START;
  /** [C4] */
  readonly #node: string;
  #clock = ZERO;
  #version = 0;
  /** one change of the store at a time in this tab */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #committed: (cases: string[]) => void;

  private constructor(
    vault: Vault,
    db: SealedDb,
    session: Session,
    now: () => number,
    committed: (cases: string[]) => void,
  ) {
    this.vault = vault;
    this.db = db;
    this.session = session;
    this.now = now;
    this.files = new Files(db, vault);
    this.#node = hex(crypto.getRandomValues(new Uint8Array(6)));
    this.#committed = committed;
  }

  /** Opens a person's store. `session` is given at sign-in and read from the store at unlocking. */
  static async open(
    vault: Vault,
    now: () => number,
    committed: (cases: string[]) => void,
    session?: Session,
  ): Promise<Store> {
    const db = await openSealed(vault.profile);
    const known = await readState<Session>(db, vault, 'session');
    const who = session ?? known;
    if (!who) throw new Error('a store without its person');
    const store = new Store(vault, db, who, now, committed);
    await store.reload();
    if (session) {
      await store.mutate((batch) => {
        batch.put('state', 'session', session);
        return { durability: 'strict', after: () => undefined, cases: [] };
      });
    }
    return store;
  }

  /** Reads index, outbox and standing anew; decoded files are dropped. */
  async reload(): Promise<void> {
    const transaction = this.db.transaction(['commits', 'index', 'outbox', 'state']);
    const [version, names, rows, counters, sealed, standing] = await Promise.all([
      transaction.objectStore('commits').get('version'),
      transaction.objectStore('index').getAllKeys(),
      transaction.objectStore('index').getAll(),
      transaction.objectStore('outbox').getAllKeys(),
      transaction.objectStore('outbox').getAll(),
      transaction.objectStore('state').get('standing'),
    ]);
    const index = await this.openRows<IndexEntry>('index', names, rows);
    const entries = await this.openRows<Entry>('outbox', counters, sealed, damagedEntry);
    const [known] = await this.openRows<Standing>(
      'state',
      ['standing'],
      standing ? [standing] : [],
    );
    this.standing = { ...START, ...known };
    // What cannot be read of the server's copy is fetched anew, all of it.
    if (index.length < rows.length || (standing && !known)) this.#beginAnew();
    this.index = new Map(index.map((entry) => [entry.case, entry]));
    this.outbox = new Outbox(entries);
    this.files.forgetAll();
    this.#version = version ?? 0;
    this.#clock = [this.#clock, this.standing.clock, ...entries.map(({ change }) => change.at)]
      .filter(isStamp)
      .reduce((last, at) => (at > last ? at : last), ZERO);
  }

  /**
   * The one way to change the disk. `plan` reads memory and fills the batch; if another tab wrote meanwhile, memory is
   * read again and `plan` called anew. A `plan` that answers null changes nothing.
   */
  mutate(plan: (batch: Batch) => Plan | null | Promise<Plan | null>): Promise<boolean> {
    const result = this.#turn.then(() => this.#mutate(plan));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #mutate(plan: (batch: Batch) => Plan | null | Promise<Plan | null>): Promise<boolean> {
    for (;;) {
      if (this.#closed) throw new Locked();
      const batch = new Batch(this.vault);
      const planned = await plan(batch);
      if (!planned) return false;
      try {
        this.#version = await batch.commit(this.db, this.#version, planned.durability);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        await this.reload();
        continue;
      }
      planned.after();
      this.#committed(planned.cases);
      return true;
    }
  }

  /** [M9] The records of a case file as its person sees them. */
  async views(caseId: string): Promise<RecordView[]> {
    return this.viewsOf(await this.files.of(caseId), this.outbox.ofCase(caseId));
  }

  viewsOf(file: CaseFile, entries: Entry[]): RecordView[] {
    const own = new Outbox(entries);
    const ids = new Set([...file.copies.keys(), ...entries.map(({ change }) => change.record)]);
    const views: RecordView[] = [];
    for (const id of ids) {
      const view = viewOf(file.copies.get(id), own.ofRecord(id), this.session.user);
      if (view) views.push(view);
    }
    return views;
  }

  async record(caseId: string, record: string): Promise<RecordView | null> {
    const file = await this.files.of(caseId);
    return viewOf(file.copies.get(record), this.outbox.ofRecord(record), this.session.user);
  }

  /** The index entry of a file as it is about to be, put into the batch. */
  async indexed(batch: Batch, of: Indexing): Promise<IndexEntry> {
    const { case: caseId, era, segments, last } = of;
    const day = todayOf(this.now());
    let summary = this.#movedOn(of, day);
    if (summary === null) {
      const views = await of.views();
      summary = summarise(caseId, views, day);
    }
    const entry: IndexEntry = { case: caseId, era, day, segments, last, summary };
    if (of.purge) entry.purge = true;
    if (caseId === this.session.organisation) entry.people = peopleOf(await of.views());
    batch.put('index', await this.vault.name(caseId), entry);
    return entry;
  }

  #movedOn({ case: caseId, changed }: Indexing, day: string): CaseSummary | null {
    const known = this.index.get(caseId);
    if (!changed || !known?.summary || known.day !== day) return null;
    return moved(known.summary, changed.gone, changed.come, day);
  }

  /** [R1] All edits in one local transaction, with the summaries of their cases. */
  async save(edits: Edit[], also: (batch: Batch) => number[] = () => []): Promise<string[]> {
    let ids: string[] = [];
    await this.mutate(async (batch) => {
      const gone = also(batch);
      const entries = await this.#entriesOf(edits);
      for (const entry of entries) batch.put('outbox', entry.n, entry);
      const cases = [...new Set(edits.map((edit) => edit.case))];
      const indexed = await this.reindexed(batch, cases, entries, gone);
      ids = entries.map((entry) => entry.change.id);
      return {
        durability: 'strict',
        cases,
        after: () => {
          for (const n of gone) this.outbox.remove(n);
          for (const entry of entries) this.outbox.put(entry);
          for (const entry of indexed) this.index.set(entry.case, entry);
        },
      };
    });
    return ids;
  }

  /** Index entries of these cases as they will be with `added` entries and without those of the counters `gone`. */
  reindexed(batch: Batch, cases: string[], added: Entry[], gone: number[]): Promise<IndexEntry[]> {
    const kept = (entry: Entry) => !gone.includes(entry.n);
    return Promise.all(
      cases.map(async (caseId) => {
        const before = this.outbox.ofCase(caseId);
        const own = added.filter((entry) => entry.change.case === caseId);
        const entries = [...before.filter(kept), ...own];
        const { era = this.standing.era, purge = false } = this.index.get(caseId) ?? {};
        const file = await this.files.of(caseId);
        const touched = [...own, ...before.filter((entry) => !kept(entry))];
        const records = new Set(touched.map(({ change }) => change.record));
        const views = (some: Entry[]) =>
          this.viewsOf(only(file, records), some.filter(isOf(records)));
        return this.indexed(batch, {
          ...standingOf(file),
          case: caseId,
          era,
          purge,
          views: () => this.viewsOf(file, entries),
          changed: { gone: views(before), come: views(entries) },
        });
      }),
    );
  }

  async #entriesOf(edits: Edit[]): Promise<Entry[]> {
    const entries: Entry[] = [];
    let n = Math.max(this.outbox.lastCounter(), this.standing.counter, this.standing.carried);
    for (const edit of edits) {
      const beneath = [
        ...this.outbox.ofRecord(edit.record),
        ...entries.filter(({ change }) => change.record === edit.record),
      ];
      const file = await this.files.of(edit.case);
      const copy = file.copies.get(edit.record);
      const view = viewOf(copy, beneath, this.session.user);
      const change = this.#changeOf(
        edit,
        beneath.map((entry) => entry.change),
      );
      entries.push({
        n: (n += 1),
        save: entries[0]?.save ?? change.id,
        change,
        before: valuesBefore(view, Object.keys(edit.set)),
        first: view === null,
        alone: copy === undefined && beneath.every(({ alone }) => alone === true),
        state: 'waiting',
      });
    }
    return entries;
  }

  /** [M11, W5] */
  #changeOf({ record, kind, case: caseId, set, seen }: Edit, pending: Change[]): Change {
    const at = this.stamp();
    const named = Object.entries(seen).filter(([path, ids]) => path in set && ids.length > 0);
    const full = inherited(Object.fromEntries(named), pending);
    return { id: crypto.randomUUID(), record, kind, case: caseId, at, set, seen: full };
  }

  /** A stamp of now, for what is not a change (L3). */
  stamp(): string {
    this.#clock = tick(this.#clock, this.now(), this.#node);
    return this.#clock;
  }

  /** Reads anew if another tab wrote since. */
  refresh(): Promise<void> {
    const result = this.#turn.then(async () => {
      if (this.#closed) throw new Locked();
      const version = (await this.db.get('commits', 'version')) ?? 0;
      if (version !== this.#version) await this.reload();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** The clock's last stamp; the exchange stores it, and moves it on by what it received (C3). */
  get clock(): string {
    return this.#clock;
  }

  get node(): string {
    return this.#node;
  }

  moveClock(stamp: string): void {
    if (stamp > this.#clock) this.#clock = stamp;
  }

  readState<T>(name: string): Promise<T | null> {
    return readState<T>(this.db, this.vault, name);
  }

  /** Unsent entries: those that wait, and those that need fixing. */
  unsent(): number {
    return this.outbox.saves('waiting', 'refused');
  }

  /** [V5] Drops the key and all that was decoded. */
  close(): void {
    this.#closed = true;
    this.vault.close();
    this.db.close();
    this.files.forgetAll();
    this.index.clear();
    this.outbox = new Outbox();
  }

  /** [V6] What opens of these rows; what does not is left out, or stands there as `damaged`. */
  async openRows<T>(
    table: Table,
    keys: Key[],
    rows: Bytes[],
    damaged?: (key: Key) => T,
  ): Promise<T[]> {
    const open = async (row: Bytes, at: number) => {
      const key = keys[at] ?? '';
      try {
        return [await this.vault.open<T>(table, place(key), row)];
      } catch (error) {
        if (!(error instanceof Tampered)) throw error;
        console.error('a damaged row in', table);
        return damaged ? [damaged(key)] : [];
      }
    };
    return (await Promise.all(rows.map(open))).flat();
  }

  #beginAnew(): void {
    const era = Math.max(this.standing.era, ...[...this.index.values()].map((entry) => entry.era));
    this.standing = { ...this.standing, cursor: null, era: era + 1, sweep: true };
  }
}

/** Where a file's segments stand, for the index. */
export function standingOf({ segments }: CaseFile): Pick<Indexing, 'segments' | 'last'> {
  return { segments: segments.length, last: segments.at(-1) ?? -1 };
}

function only({ copies, segments }: CaseFile, records: Set<string>): CaseFile {
  const some = [...records].flatMap((id): [string, Copy][] => {
    const copy = copies.get(id);
    return copy ? [[id, copy]] : [];
  });
  return { copies: new Map(some), segments };
}

function isOf(records: Set<string>): (entry: Entry) => boolean {
  return ({ change }) => records.has(change.record);
}

/** An own entry that cannot be read any more stands visibly aside: nobody is to think that it was sent. */
function damagedEntry(key: Key): Entry {
  const n = Number(key);
  const change = {
    id: `damaged-${n}`,
    record: '',
    kind: '',
    case: '',
    at: ZERO,
    set: {},
    seen: {},
  };
  const problem = { code: 'change_malformed' };
  return { n, save: change.id, change, before: {}, first: false, state: 'refused', problem };
}

async function readState<T>(db: SealedDb, vault: Vault, name: string): Promise<T | null> {
  const sealed = await db.get('state', name);
  return sealed ? vault.open<T>('state', name, sealed) : null;
}

function valuesBefore(view: RecordView | null, paths: string[]): Entry['before'] {
  return Object.fromEntries(paths.map((path) => [path, view?.fields[path]?.[0]?.value ?? null]));
}

function peopleOf(views: RecordView[]): Person[] {
  const text = (view: RecordView, path: string) => {
    const value = view.fields[path]?.[0]?.value;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return views
    .filter((view) => view.kind === 'person')
    .map((view) => ({
      id: view.id,
      name: text(view, 'name') ?? '',
      role: text(view, 'role'),
      team: text(view, 'team'),
      phone: text(view, 'phone'),
    }));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
