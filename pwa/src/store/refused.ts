/** What becomes of a refused entry: it is fixed here, or goes to the supervisor. */

import type { Edit } from '../model/engine.ts';
import type { OwnChange } from './records.ts';
import { save } from './saving.ts';
import type { Store } from './store.ts';

/**
 * [S7] Whole: it waits like any other, and is not laid over what others see. Does nothing where the entry is not refused any
 * more.
 */
export async function escalate(store: Store, change: string): Promise<void> {
  await store.mutate((batch) => {
    const entry = store.outbox.ofChange(change);
    if (entry?.state !== 'refused') return null;
    const escalated: OwnChange = { ...entry, state: 'waiting', escalated: true };
    batch.put('outbox', entry.n, escalated);
    return {
      durability: 'strict',
      cases: [entry.change.case],
      after: () => {
        store.outbox.put(escalated);
      },
    };
  });
}

/** [R6] The fixed entry has seen what the refused one had seen; that one goes, its text lives on in the new one. */
export async function fixRefused(store: Store, change: string, edit: Edit): Promise<void> {
  await save(store, [edit], (batch) => {
    const refused = store.outbox.ofChange(change);
    if (refused?.state !== 'refused') return [];
    batch.delete('outbox', refused.n);
    return [refused.n];
  });
}
