/** The answer that the server is another one than that of our cursor. */

import type { Heard } from '../messages.ts';
import type { SyncRequest } from '../../model/outgoing.ts';
import { keptUploads, sendAgain } from '../../store/attachments.ts';
import { reindexed } from '../../store/indexing.ts';
import type { OwnChange } from '../../store/records.ts';
import { sentRows } from '../../store/sent.ts';
import type { SyncState } from '../../store/sync_state.ts';
import type { Store } from '../../store/store.ts';

/** [P6] The server is not the one of our cursor. Drops the cursor; what is not proven to be in a backup is offered again, in order. */
export async function applyReset(
  store: Store,
  request: SyncRequest,
  reset: Heard,
): Promise<boolean> {
  const rows = await sentRows(store);
  const kept = await keptUploads(store);
  return store.mutate(async (batch) => {
    const before = store.syncState;
    if (request.cursor !== before.cursor) return null;
    // A copy of what was sent lies here: nothing of it is without one.
    const offeredAgain = (entry: OwnChange): OwnChange => ({
      ...entry,
      state: 'waiting',
      hasNoServerCopy: false,
    });
    const again = rows.flat().map(offeredAgain);
    const offered = store.outbox
      .all()
      .filter(({ state }) => state === 'acknowledged' || state === 'in_review');
    again.push(...offered.map(offeredAgain));
    for (const entry of again) batch.put('outbox', entry.n, entry);
    // What was held is shown again.
    const held = offered.filter(({ state }) => state === 'in_review').map(({ n }) => n);
    const shown = again.filter(({ n }) => held.includes(n));
    const cases = [...new Set(shown.map(({ change }) => change.case))];
    const indexed = await reindexed(store, batch, cases, shown, held);
    batch.delete('sent', IDBKeyRange.lowerBound([0, 0, 0]));
    sendAgain(batch, kept);
    const syncState: SyncState = {
      ...before,
      epoch: reset.epoch,
      resetCount: before.resetCount + 1,
      cursor: null,
      backedUpSeq: 0,
      sweep: true,
      checkedAt: 0,
    };
    batch.put('state', 'standing', syncState);
    return {
      durability: 'strict',
      cases,
      after: () => {
        store.syncState = syncState;
        store.uploadsWaiting += kept.length;
        for (const entry of again) store.outbox.put(entry);
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
}
