/**
 * What one device keeps for itself: settings, the inbox, a check-in's screen, an incident that is being written. Tabs read it
 * when they need it; writing it moves no version, so that no other tab reads its store anew (R8).
 */

import type { Json } from '../rules/json.ts';
import { aadKey } from './batch.ts';
import type { Store } from './store.ts';

const NAME = 'preferences';

/** Written only over what was read: what another tab keeps at the same time stays. */
export async function keep(
  { db, vault }: Store,
  name: string,
  value: Json,
  durability: IDBTransactionDurability,
): Promise<void> {
  for (;;) {
    const before = await db.get('state', NAME);
    const all = before ? await vault.open<Record<string, Json>>('state', aadKey(NAME), before) : {};
    const text = JSON.stringify({ ...all, [name]: value });
    const sealed = await vault.sealText('state', aadKey(NAME), text);
    const transaction = db.transaction('state', 'readwrite', { durability });
    const isAsRead = isSame(await transaction.store.get(NAME), before);
    if (isAsRead) await transaction.store.put(sealed, NAME);
    await transaction.done;
    if (isAsRead) return;
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a?.length === b?.length && (a ?? []).every((byte, at) => byte === b?.[at]);
}
