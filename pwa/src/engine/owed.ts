/**
 * What this browser still has to tell the server: that a session is over, that a store was wiped. It lies in the open
 * until the server has answered, names nobody, and is good for nothing else (J4, J6).
 */

import { credentialOf, lockedState, reportWiped } from '../sync/locked.ts';
import { endSession } from '../sync/session.ts';
import type { CallResult } from '../sync/messages.ts';
import { deleteSealed } from '../store/db.ts';
import type { Profiles } from '../store/profiles.ts';
import { signedEnd, type SessionKey } from '../store/vault_session.ts';
import type { Store } from '../store/store.ts';

type Owed =
  | { end: { session: string; signature: string } }
  /** the profile whose slot is gone, and the credential of its device */
  | { wiped: string; device: string };

/** each under a key of its own, in the table of what is this browser's */
const OWING = 'owed ';
const owing = () => IDBKeyRange.bound(OWING, `${OWING}~`);

/** [J4] Signed while the store is open: it ends the session whenever there is a network. */
export async function oweEnd(profiles: Profiles, store: Store): Promise<void> {
  const key = await store.readState<SessionKey>('session_key');
  if (!key) return;
  const end = { session: key.session, signature: await signedEnd(key) };
  await profiles.db.put('browser', JSON.stringify({ end } satisfies Owed), nextKey());
}

/** [V10] The slot goes first: from then on no password opens what still lies here. Then the data; then it is reported. */
export async function wipe(profiles: Profiles, profile: string): Promise<void> {
  const transaction = profiles.db.transaction(['profiles', 'browser'], 'readwrite', {
    durability: 'strict',
  });
  const row = await transaction.objectStore('profiles').get(profile);
  await transaction.objectStore('profiles').delete(profile);
  const device = row ? credentialOf(row) : null;
  const owed = device === null ? null : ({ wiped: profile, device } satisfies Owed);
  if (owed) await transaction.objectStore('browser').put(JSON.stringify(owed), nextKey());
  await transaction.done;
  await deleteSealed(profile);
  if ((await profiles.cookies()) === profile) await profiles.dropCookies();
}

/** True once nothing is owed any more. */
export async function settle({ db }: Profiles, fetching: typeof fetch): Promise<boolean> {
  for (const key of await db.getAllKeys('browser', owing())) {
    const owed = await db.get('browser', key);
    const isDone = owed === undefined || isAnswered(await told(fetching, JSON.parse(owed) as Owed));
    if (isDone) await db.delete('browser', key);
  }
  return (await db.count('browser', owing())) === 0;
}

async function told(fetching: typeof fetch, owed: Owed): Promise<CallResult<null>> {
  if ('end' in owed) return endSession(fetching, owed.end);
  // The browser may have been closed between slot and data.
  await deleteSealed(owed.wiped);
  return reportWiped(fetching, owed.device);
}

/** A refusal stands: the same would be refused again. A server that could not is asked again. */
function isAnswered(answer: CallResult<null>): boolean {
  if ('none' in answer) return false;
  return 'ok' in answer || (answer.status < 500 && answer.status !== 429);
}

function nextKey(): string {
  return OWING + crypto.randomUUID();
}

/** [K8] Takes the check-ins back that the server says are over, but for whoever is `open` here. True where there was one. */
export async function dropWatches(
  profiles: Profiles,
  fetching: typeof fetch,
  open: () => string | undefined,
): Promise<boolean> {
  let hasDropped = false;
  for (const { id, watch } of await profiles.list()) {
    const row = watch && (await profiles.get(id));
    const isOver = row && (await lockedState(fetching, row)) === 'over';
    // Who has come in meanwhile has asked already.
    if (!isOver || open() === id) continue;
    await profiles.setWatch(id, null);
    hasDropped = true;
  }
  return hasDropped;
}

/** [V10, J6] Whose store the server wants wiped: a stolen phone may never be unlocked, and its session may be over. */
export async function toBeWiped(profiles: Profiles, fetching: typeof fetch): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of await profiles.list()) {
    const row = await profiles.get(id);
    if (row && (await lockedState(fetching, row)) === 'wiped') found.push(id);
  }
  return found;
}
