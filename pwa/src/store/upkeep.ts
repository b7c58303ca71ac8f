/** What there is time for after an exchange: sweeping after a reset, summaries of a new day, and later compacting segments. */

import { todayOf } from '../domain/summary.ts';
import { inSegments, nextSegment, rangeOf, wantsCompacting } from './files.ts';
import { dropBackedUp, picturesOf } from './attachments.ts';
import { historyOf } from './history_rows.ts';
import { reindexed, standingOf } from './indexing.ts';
import { listing } from '../kinds/listing.ts';
import type { Copy } from './records.ts';
import type { IndexEntry } from './sync_state.ts';
import type { Store } from './store.ts';

/** As many case files are summarised in one go: a save must not wait long behind it. */
const CASES_AT_ONCE = 12;

export async function upkeep(store: Store): Promise<void> {
  if (store.syncState.sweep && store.syncState.complete) await sweep(store);
  const today = todayOf(store.now());
  const files = [...store.index.values()];
  const isStale = ({ day, summary }: IndexEntry) =>
    day !== today ||
    (summary !== null && (summary.listedBy !== listing.by || !summary.listsAllOpen));
  const stale = files.filter(isStale).map((entry) => entry.case);
  while (stale.length > 0) await summariseAnew(store, stale.splice(0, CASES_AT_ONCE));
  await dropBackedUp(store);
}

/** Compacts the first file that wants it; false where none does. */
export async function compactOne(store: Store): Promise<boolean> {
  for (const { case: caseId, segments, summary } of store.index.values()) {
    if (!wantsCompacting(segments, summary?.records ?? 0)) continue;
    await compact(store, caseId);
    return true;
  }
  return false;
}

/** [P6] After a reset and a complete fetch: what came before the reset is not ours any more. */
async function sweep(store: Store): Promise<void> {
  const { resetCount } = store.syncState;
  for (const [caseId, entry] of [...store.index]) {
    if (entry.resetCount >= resetCount) await compact(store, caseId);
    else await purgeUnlessWaiting(store, caseId);
  }
  await store.mutate((batch) => {
    const syncState = { ...store.syncState, sweep: false };
    batch.put('state', 'standing', syncState);
    return {
      durability: 'relaxed',
      cases: [],
      after: () => {
        store.syncState = syncState;
      },
    };
  });
}

/** [R7] */
async function purgeUnlessWaiting(store: Store, caseId: string): Promise<void> {
  await store.mutate(async (batch) => {
    const entry = store.index.get(caseId);
    if (!entry) return null;
    const name = await store.vault.name(caseId);
    const waits = store.outbox.ofCase(caseId).some(({ state }) => state === 'waiting');
    if (waits) batch.put('index', name, { ...entry, purge: true });
    else {
      batch.delete('index', name);
      batch.delete('files', rangeOf(name));
      batch.delete('state', historyOf(name));
      batch.delete('pictures', picturesOf(name));
    }
    return {
      durability: 'relaxed',
      cases: [caseId],
      after: () => {
        if (waits) store.index.set(caseId, { ...entry, purge: true });
        else store.index.delete(caseId);
        store.files.forget(caseId);
      },
    };
  });
}

async function summariseAnew(store: Store, wanted: string[]): Promise<void> {
  await store.mutate(async (batch) => {
    const cases = wanted.filter((caseId) => store.index.has(caseId));
    const indexed = await reindexed(store, batch, cases, [], []);
    return {
      durability: 'relaxed',
      cases,
      after: () => {
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
}

/** All segments of a file in as few as can be; copies of before a reset stay behind once the new fetch is complete. */
async function compact(store: Store, caseId: string): Promise<void> {
  await store.mutate(async (batch) => {
    const { resetCount, sweep: sweeping } = store.syncState;
    const file = await store.files.of(caseId);
    if (file.segments.length === 0) return null;
    const kept = [...file.copies].filter(([, copy]) => !sweeping || copy.resetCount === resetCount);
    const copies = new Map<string, Copy>(kept);
    const name = await store.vault.name(caseId);
    const compacted = inSegments([...copies.values()], nextSegment(file));
    batch.delete('files', rangeOf(name));
    for (const [n, records] of compacted) batch.put('files', [name, n], { resetCount, records });
    const segments = compacted.map(([n]) => n);
    const entry = store.index.get(caseId);
    const indexed = entry && { ...entry, ...standingOf({ copies, segments }) };
    if (indexed) batch.put('index', name, indexed);
    return {
      durability: 'relaxed',
      cases: [],
      after: () => {
        store.files.keep(caseId, { copies, segments });
        if (indexed) store.index.set(caseId, indexed);
      },
    };
  });
}
