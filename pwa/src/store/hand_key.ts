/** [Y7] What a client gives by hand is sealed to this key while the store is locked; its private half lies in the store. */

import { aadKey } from './batch.ts';
import type { Store } from './store.ts';
import { newAnswerKey, openAnswer, type AnswerKey } from './vault_answer.ts';

const NAME = 'hand_key';

export function byHand(store: Store, sealed?: string): Promise<string> {
  return sealed === undefined ? handKey(store) : openGiven(store, sealed);
}

/** The open half, the same for the life of the store: another tab may make one at the same moment. */
async function handKey({ db, vault }: Store): Promise<string> {
  const made = await newAnswerKey();
  const sealed = await vault.seal('state', aadKey(NAME), made);
  const transaction = db.transaction('state', 'readwrite', { durability: 'strict' });
  const before = await transaction.store.get(NAME);
  if (!before) await transaction.store.put(sealed, NAME);
  await transaction.done;
  return before ? (await vault.open<AnswerKey>('state', aadKey(NAME), before)).open : made.open;
}

/** What was given by hand. Throws `Tampered` for what was sealed to another store. */
async function openGiven({ db, vault }: Store, sealed: string): Promise<string> {
  const kept = await db.get('state', NAME);
  const key = kept && (await vault.open<AnswerKey>('state', aadKey(NAME), kept));
  return openAnswer(key ?? (await newAnswerKey()), sealed);
}
