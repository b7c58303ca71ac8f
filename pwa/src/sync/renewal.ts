/** [J2] A fresh access token: the store's key signs a number that no refresh had before. */

import { signedRefresh, type SessionKey } from '../store/vault_session.ts';
import type { Store } from '../store/store.ts';
import { isSigned, type Signed } from './session.ts';
import { call } from './protocol.ts';
import type { CallResult } from './messages.ts';

/** Sent and not answered: soon after, the same is sent again, since it may have arrived. */
export interface Unanswered {
  n: number;
  signature: string;
  at: number;
}

/** What the server may have forgotten by then is signed anew. */
const AGAIN_MAX_MS = 60_000;

/** `last` is what came of the one before. Null where the store's session is of before there were keys. */
export async function renewed(
  store: Store,
  fetching: typeof fetch,
  last: Unanswered | null,
): Promise<{ answer: CallResult<Signed>; unanswered: Unanswered | null } | null> {
  return alone(`ovikello-renewal-${store.vault.profile}`, async () => {
    await store.refresh();
    const [key, csrf] = await Promise.all([
      store.readState<SessionKey>('session_key'),
      store.readState<string>('csrf'),
    ]);
    if (!key) return null;
    const isSoon = last?.n === key.n && Math.abs(store.now() - last.at) < AGAIN_MAX_MS;
    const proof = isSoon ? last : await nextProof(store, key);
    const { n, signature } = proof;
    const link = { fetch: fetching, csrf: () => csrf ?? '' };
    const answer = await call(link, 'POST', '/api/session/refresh', { n, signature }, isSigned);
    return { answer, unanswered: 'none' in answer ? proof : null };
  });
}

/** The number is on the disk before it is sent: one that was signed twice would look like a copied store. */
async function nextProof(store: Store, known: SessionKey): Promise<Unanswered> {
  let key = known;
  await store.mutate(async (batch) => {
    const stored = (await store.readState<SessionKey>('session_key')) ?? known;
    key = { ...stored, n: stored.n + 1 };
    batch.put('state', 'session_key', key);
    return { durability: 'strict', cases: [], after: () => undefined };
  });
  return { n: key.n, signature: await signedRefresh(key, key.n), at: store.now() };
}

/** Two tabs have the same cookies and the same key: one renews after the other. */
function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? locks.request(lock, work) : work();
}
