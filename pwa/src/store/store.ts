/**
 * One person's unlocked store: what is in memory, and the one way to change what is on the disk.
 *
 * Everything is sealed before a transaction opens, written at once, and only then does memory change (R4). Several tabs
 * may have the same store open: a counter of commits tells a tab that another one wrote; it reads again and tries anew.
 */

import { isStamp, tick, ZERO } from '../rules/clock.ts';
import { Batch, aadKey, Stale, type Key } from './batch.ts';
import { openSealed, type SealedDb, type Table } from './db.ts';
import type { Json, RecordView, Session } from '../model/engine.ts';
import { countOf, INCIDENTS_WAITING } from '../model/incidents_waiting.ts';
import { Files, type StoredFile } from './files.ts';
import { Outbox } from './outbox.ts';
import { viewOf, type OwnChange } from './records.ts';
import { START, type IndexEntry, type SyncState } from './sync_state.ts';
import { withTodaysNames } from './stored_names.ts';
import { Tampered, type Vault } from './vault.ts';
import type { Bytes } from '../model/keys.ts';

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

export class Store {
  readonly vault: Vault;
  readonly db: SealedDb;
  readonly session: Session;
  readonly files: Files;
  readonly now: () => number;
  index = new Map<string, IndexEntry>();
  outbox = new Outbox();
  /** threats that the server does not have yet (K7) */
  incidentsWaiting = 0;
  /** photos and documents whose bytes the server does not have yet (X6) */
  uploadsWaiting = 0;
  syncState: SyncState = START;
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
    const transaction = this.db.transaction(['commits', 'index', 'outbox', 'state', 'uploads']);
    const [version, names, rows, counters, sealed, syncState, uploads] = await Promise.all([
      transaction.objectStore('commits').get('version'),
      transaction.objectStore('index').getAllKeys(),
      transaction.objectStore('index').getAll(),
      transaction.objectStore('outbox').getAllKeys(),
      transaction.objectStore('outbox').getAll(),
      transaction.objectStore('state').get('standing'),
      transaction.objectStore('uploads').count(IDBKeyRange.upperBound([1])),
    ]);
    const index = await this.openRows<IndexEntry>('index', names, rows);
    const entries = await this.openRows<OwnChange>('outbox', counters, sealed, async (n) => {
      const { damagedEntry } = await import('./damaged.ts');
      return damagedEntry(n);
    });
    const [known] = await this.openRows<SyncState>(
      'state',
      ['standing'],
      syncState ? [syncState] : [],
    );
    this.syncState = { ...START, ...known };
    // What cannot be read of the server's copy is fetched anew, all of it.
    if (index.length < rows.length || (syncState && !known)) this.#beginAnew();
    this.index = new Map(index.map((entry) => [entry.case, entry]));
    this.outbox = new Outbox(entries);
    this.uploadsWaiting = uploads;
    this.incidentsWaiting = await this.#countIncidents();
    this.files.forgetAll();
    this.#version = version ?? 0;
    this.#clock = [this.#clock, this.syncState.clock, ...entries.map(({ change }) => change.at)]
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

  viewsOf(file: StoredFile, entries: OwnChange[]): RecordView[] {
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

  /** A row that cannot be read keeps nobody out. */
  async #countIncidents(): Promise<number> {
    const all = await this.readState<Record<string, Json>>('preferences').catch(() => null);
    return countOf(all?.[INCIDENTS_WAITING]);
  }

  /** What was saved and waits: an attachment is one thing, whether its entry or its bytes wait, or both. */
  waiting(): number {
    const both = this.outbox
      .waiting()
      .filter(({ first, change }) => first && change.kind === 'attachment');
    return this.outbox.saves('waiting') + Math.max(0, this.uploadsWaiting - both.length);
  }

  /** Unsent entries: those that wait, those that need fixing, and threats that wait (K7). */
  unsent(): number {
    return this.waiting() + this.outbox.saves('refused') + this.incidentsWaiting;
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
    damaged?: (key: Key) => Promise<T>,
  ): Promise<T[]> {
    const open = async (row: Bytes, at: number) => {
      const key = keys[at] ?? '';
      try {
        return [withTodaysNames(await this.vault.open<T>(table, aadKey(key), row))];
      } catch (error) {
        if (!(error instanceof Tampered)) throw error;
        console.error('a damaged row in', table);
        return damaged ? [await damaged(key)] : [];
      }
    };
    return (await Promise.all(rows.map(open))).flat();
  }

  #beginAnew(): void {
    const resetCount = Math.max(
      this.syncState.resetCount,
      ...[...this.index.values()].map((entry) => entry.resetCount),
    );
    this.syncState = { ...this.syncState, cursor: null, resetCount: resetCount + 1, sweep: true };
  }
}

async function readState<T>(db: SealedDb, vault: Vault, name: string): Promise<T | null> {
  const sealed = await db.get('state', name);
  return sealed ? withTodaysNames(await vault.open<T>('state', name, sealed)) : null;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
