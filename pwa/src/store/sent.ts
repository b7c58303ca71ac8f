/** Own entries that have left the outbox, sealed until they are proven to be in the server's backup (P10). */

import type { OwnChange } from './records.ts';
import type { Store } from './store.ts';

/** The rows of `sent`, each the entries that one exchange settled. */
export async function sentRows(
  store: Store,
  last = Number.MAX_SAFE_INTEGER,
): Promise<OwnChange[][]> {
  const keys = (await store.db.getAllKeys('sent')).slice(-last);
  const [first] = keys;
  if (!first) return [];
  const rows = await store.db.getAll('sent', IDBKeyRange.lowerBound(first));
  return store.openRows<OwnChange[]>('sent', keys, rows);
}
