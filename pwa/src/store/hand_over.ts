/** [S7] A refused entry goes to the supervisor, whole: it waits like any other, and is not laid over what others see. */

import type { Entry } from './records.ts';
import type { Store } from './store.ts';

/** Does nothing where the entry is not refused any more. */
export async function handOver(store: Store, change: string): Promise<void> {
  await store.mutate((batch) => {
    const entry = store.outbox.ofChange(change);
    if (entry?.state !== 'refused') return null;
    const handed: Entry = { ...entry, state: 'waiting', handed: true };
    batch.put('outbox', entry.n, handed);
    return {
      durability: 'strict',
      cases: [entry.change.case],
      after: () => {
        store.outbox.put(handed);
      },
    };
  });
}
