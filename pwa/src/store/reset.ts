/** Answers that bring nothing to lay down: the server is another one, or a single entry is refused. */

import type { Heard, SyncRequest } from '../sync/wire.ts';
import type { Problem } from './engine.ts';
import { reindexed } from './indexing.ts';
import type { Entry } from './records.ts';
import { sentRows } from './sent.ts';
import type { Standing } from './standing.ts';
import type { Store } from './store.ts';

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
    const indexed = await reindexed(store, batch, cases, shown, held);
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
