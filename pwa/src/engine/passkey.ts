/** [V9] The passkey of this device: turned on and off, and tried. Each answer is erased once it was used. */

import type { Bytes, Passkey } from '../model/keys.ts';
import { behind, withoutPasskey, type Profiles, type UnlockResult } from '../store/profiles.ts';
import { behindPasskey, passkeySlot } from '../store/vault_passkey.ts';
import type { UnlockedSession } from './unlocked_session.ts';

export async function addPasskey(
  { profiles, store }: UnlockedSession,
  asked: Passkey,
  answer: Bytes,
): Promise<void> {
  const passkey = await passkeySlot(store.vault, asked, answer).finally(() => answer.fill(0));
  await profiles.change(store.vault.profile, (row) => ({ ...row, passkey }));
}

export function dropPasskey({ profiles, store }: UnlockedSession): Promise<void> {
  return profiles.change(store.vault.profile, withoutPasskey);
}

/** Not counted: nobody guesses an answer, and the authenticator counts wrong fingers itself. */
export async function openByPasskey(
  profiles: Profiles,
  id: string,
  answer: Bytes,
): Promise<UnlockResult> {
  const slot = (await profiles.get(id))?.passkey;
  const vault = slot
    ? await behind(() => behindPasskey(id, slot, answer)).finally(() => answer.fill(0))
    : null;
  if (vault === 'damaged') return { refused: 'damaged' };
  if (!vault) return { refused: 'wrong' };
  await profiles.forgetTries(id);
  return { vault };
}
