/**
 * The history of a record: what the server's log holds, and on top what has not got there yet (L4). What was fetched
 * lies here sealed, under its case file's name, and leaves with it: the log of the coming days' files (L6), and what
 * was looked at besides.
 */

import { isId } from '../rules/id.ts';
import { parse } from '../rules/clock.ts';
import { readHistory, type FileLogEntry, type FileLogPage } from './fetch_history.ts';
import type { Link } from './messages.ts';
import type { Batch } from '../store/batch.ts';
import type { HistoryEntry } from '../model/engine.ts';
import type { Store } from '../store/store.ts';

/** A row holds about this many entries: a new one costs the writing of the last row only. */
const ROW_ENTRIES_MAX = 200;

/** A part of a case file's log, oldest first. */
interface LogRow {
  /** of the device when it came: after a reset the log may be another one (P6) */
  resetCount: number;
  entries: FileLogEntry[];
  /** after which later entries follow */
  last: number;
  /** the file's highest seq here when the log was read to its end; -1 until then */
  seq: number;
}

interface Looked {
  resetCount: number;
  entries: HistoryEntry[];
}

/** Newest first. From `here` it is what this phone has, at once; from the `server`, if there is one, all there is. */
export async function history(
  store: Store,
  link: Link,
  caseId: string,
  recordId: string,
  from: 'here' | 'server',
): Promise<{ entries: HistoryEntry[]; complete: boolean }> {
  const isAsked = from === 'server' && isId(caseId) && isId(recordId);
  const fetched = isAsked ? await readHistory(link, caseId, recordId) : null;
  if (fetched) await keepLooked(store, caseId, recordId, fetched);
  const { entries: known, complete } = fetched
    ? { entries: fetched, complete: true }
    : await kept(store, caseId, recordId);
  const ids = new Set(known.map((entry) => entry.change));
  const own = store.outbox.ofRecord(recordId).filter(({ change }) => !ids.has(change.id));
  const pending = own.map(({ change }): HistoryEntry => ({
    change: change.id,
    at: parse(change.at).time_ms,
    received: null,
    author: store.session.user,
    set: change.set,
    pending: true,
  }));
  return { entries: [...pending.toReversed(), ...known], complete };
}

/** The place in the log from which to go on; null where all that this device knows of is here. */
export async function nextOfLog(store: Store, caseId: string): Promise<number | null> {
  const tail = (await logRows(store, caseId)).at(-1);
  if (!tail) return -1;
  return tail.seq < (await fileSeq(store, caseId)) ? tail.last : null;
}

/** Takes the page that follows `after`, unless another tab took it, or the file has left meanwhile. */
export async function takeLogPage(
  store: Store,
  caseId: string,
  after: number,
  seq: number,
  page: FileLogPage,
): Promise<void> {
  const name = await store.vault.name(caseId);
  await store.mutate(async (batch) => {
    const file = store.index.get(caseId);
    if (!file || file.purge) return null;
    const { resetCount } = store.syncState;
    const rows = await logRows(store, caseId);
    const tail = rows.at(-1);
    if ((tail?.last ?? -1) !== after) return null;
    // Rows of before a reset, if there are any.
    if (!tail) batch.delete('state', IDBKeyRange.bound(logKey(name, ''), logKey(name, '\uffff')));
    putPage(batch, name, rows, { resetCount, ...page, seq: page.next === null ? seq : -1 });
    return { durability: 'relaxed', cases: [], after: () => undefined };
  });
}

/** The highest seq of a file's copies: every entry of its log up to there may be asked for. */
export async function fileSeq(store: Store, caseId: string): Promise<number> {
  const { copies } = await store.files.of(caseId);
  let highest = 0;
  for (const { seq } of copies.values()) highest = Math.max(highest, seq);
  return highest;
}

function putPage(batch: Batch, name: string, rows: LogRow[], page: LogRow): void {
  const tail = rows.at(-1);
  const fits = tail && tail.entries.length + page.entries.length <= ROW_ENTRIES_MAX;
  const row = fits ? { ...page, entries: [...tail.entries, ...page.entries] } : page;
  batch.put('state', logKey(name, fits ? rows.length - 1 : rows.length), row);
}

async function logRows(store: Store, caseId: string): Promise<LogRow[]> {
  const name = await store.vault.name(caseId);
  const rows: LogRow[] = [];
  for (;;) {
    const row = await store.readState<LogRow>(logKey(name, rows.length));
    if (row?.resetCount !== store.syncState.resetCount) return rows;
    rows.push(row);
  }
}

async function kept(
  store: Store,
  caseId: string,
  recordId: string,
): Promise<{ entries: HistoryEntry[]; complete: boolean }> {
  const rows = await logRows(store, caseId);
  const looked = await store.readState<Looked>(await lookedKey(store, caseId, recordId));
  const entries = new Map<string, HistoryEntry>();
  for (const one of rows.flatMap((row) => row.entries))
    if (one.record === recordId) entries.set(one.change, shownOf(one));
  for (const one of looked?.resetCount === store.syncState.resetCount
    ? looked.entries.toReversed()
    : [])
    entries.set(one.change, one);
  const inOrder = [...entries.values()].sort((a, b) => (a.received ?? 0) - (b.received ?? 0));
  const complete = rows.length > 0 && (rows.at(-1)?.seq ?? -1) >= (await fileSeq(store, caseId));
  return { entries: inOrder.toReversed(), complete };
}

async function keepLooked(
  store: Store,
  caseId: string,
  recordId: string,
  entries: HistoryEntry[],
): Promise<void> {
  const key = await lookedKey(store, caseId, recordId);
  await store.mutate((batch) => {
    batch.put('state', key, { resetCount: store.syncState.resetCount, entries } satisfies Looked);
    return { durability: 'relaxed', cases: [], after: () => undefined };
  });
}

function shownOf({ change, at_ms, received_ms, author, set }: FileLogEntry): HistoryEntry {
  return { change, at: at_ms, received: received_ms, author, set, pending: false };
}

function logKey(name: string, n: number | string): string {
  return `history ${name} log ${n}`;
}

async function lookedKey(store: Store, caseId: string, recordId: string): Promise<string> {
  return `history ${await store.vault.name(caseId)} of ${await store.vault.name(recordId)}`;
}
