/**
 * [R11, R13] What no server will take is not let in. Where it is in, it leaves the queue: it stands among what needs fixing,
 * with its reason and its whole text, and the rest flows. A change as it is; a reading (L3), which nobody wrote, as an
 * entry of its own sort.
 */

import { isStamp, ZERO } from '../rules/clock.ts';
import type { Change } from '../rules/merge.ts';
import { changeFault, readFault } from '../rules/shape.ts';
import type { Reading, RefusedItem, SyncRequest } from '../model/outgoing.ts';
import type { Problem } from '../model/engine.ts';
import { reindexed } from './indexing.ts';
import type { OwnChange } from './records.ts';
import type { Store } from './store.ts';

/** [R11] No server would ever take it, so it does not enter the outbox. The message is the code of a problem. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

export function letIn(change: Change): Change {
  const fault = changeFault(change);
  if (fault) throw new NotTaken(fault);
  return change;
}

/** Half of a character comes from keyboards and from cut text; nobody sees it, and no server takes it. */
export function inWholeCharacters<T>(value: T): T {
  const whole = (_: string, inner: unknown) =>
    typeof inner === 'string' ? inner.replace(/\p{Surrogate}/gu, '\ufffd') : inner;
  return JSON.parse(JSON.stringify(value), whole) as T;
}

/** How a reading that was not taken is called among the kinds; no record can have this one. */
const READING = 'reading';

/** An item that is not taken, and why. */
type Faulty<Item> = [item: Item, problem: Problem];

/** [R11] What an older release let in, and no server would take, before it is sent; true where there was any. */
export async function quarantineFaulty(
  store: Store,
  entries: OwnChange[],
  reads: Reading[],
): Promise<boolean> {
  // The server keeps what is handed over, whatever it is (S7).
  const own = entries.filter(({ escalated }) => !escalated).map(({ change }) => change);
  const changes = own.flatMap((one) => faulty(one.id, changeFault(one)));
  const others = reads.flatMap((one) => faulty(one, readFault(one)));
  if (changes.length + others.length === 0) return false;
  await quarantine(store, changes, others);
  return true;
}

function faulty<Item>(item: Item, code: string | null): Faulty<Item>[] {
  return code === null ? [] : [[item, { code }]];
}

/** All of it in one transaction: killed in the middle, it is found again. */
export async function quarantine(
  store: Store,
  changes: Faulty<string>[],
  reads: Faulty<Reading>[] = [],
): Promise<void> {
  await store.mutate(async (batch) => {
    const now = store.now();
    const quarantined = changes.flatMap(([id, problem]): OwnChange[] => {
      const entry = store.outbox.ofChange(id);
      return entry ? [{ ...entry, state: 'refused', problem, settledAt: now }] : [];
    });
    const cases = [...new Set(quarantined.map(({ change }) => change.case))];
    const gone = quarantined.map(({ n }) => n);
    const first = nextCounter(store);
    quarantined.push(
      ...reads.map(([read, problem], at) => quarantinedReading(read, problem, first + at, now)),
    );
    for (const entry of quarantined) batch.put('outbox', entry.n, entry);
    for (const [{ id }] of reads) batch.delete('reads', id);
    const indexed = await reindexed(store, batch, cases, [], gone);
    return {
      durability: 'strict',
      cases,
      after: () => {
        for (const entry of quarantined) store.outbox.put(entry);
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
}

/** Of what a reply did not take, the readings: nothing else in it was anybody's. */
export function quarantinedReadings(
  store: Store,
  { reads = [] }: SyncRequest,
  refused: RefusedItem[],
): OwnChange[] {
  const first = nextCounter(store);
  const ofReads = refused.filter(({ list }) => list === 'reads');
  return ofReads.flatMap(({ index, problem }, at) => {
    const reading = reads[index];
    return reading ? [quarantinedReading(reading, problem, first + at, store.now())] : [];
  });
}

function nextCounter({ outbox, syncState }: Store): number {
  return Math.max(outbox.lastCounter(), syncState.counter, syncState.lastSentCounter) + 1;
}

/** A reading in quarantine. It concerns no record, and is nobody's unsent work. */
function quarantinedReading(reading: Reading, problem: Problem, n: number, now: number): OwnChange {
  const { id, case: caseId } = reading;
  const at = isStamp(reading.at) ? reading.at : ZERO;
  const change = { id, record: '', kind: READING, case: caseId, at, set: {}, seen: {} };
  return {
    n,
    save: id,
    change,
    before: {},
    first: false,
    state: 'refused',
    problem,
    settledAt: now,
  };
}
