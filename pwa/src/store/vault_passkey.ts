/** [V9] The passkey's slot: the data key under what the platform authenticator answers. */

import type { Bytes, Passkey } from '../model/keys.ts';
import {
  bound,
  decrypt,
  encrypt,
  header,
  hkdf,
  isIntact,
  KEY_BYTES,
  Tampered,
  Vault,
  withChecksum,
  type PasskeySlot,
} from './vault.ts';

/** `answer`: the 32 bytes that the authenticator gave for this passkey. */
export async function passkeySlot(
  vault: Vault,
  { credential, salt }: Passkey,
  answer: Bytes,
): Promise<PasskeySlot> {
  const open = { kdf: 'prf', credential, salt } as const;
  const key = await answerKey(answer, open);
  const place = bound(vault.profile, 'passkey', header(open));
  return withChecksum({ ...open, sealed: await encrypt(key, vault.dataKey(), place) });
}

/** Null where another authenticator answered. Throws `Tampered`. */
export async function behindPasskey(
  profile: string,
  slot: PasskeySlot,
  answer: Bytes,
): Promise<Vault | null> {
  if (!(await isIntact(slot))) throw new Tampered('slot');
  const key = await answerKey(answer, slot);
  const dataKey = await decrypt(key, slot.sealed, bound(profile, 'passkey', header(slot)));
  return dataKey && Vault.ofKey(profile, dataKey);
}

/** The answer is as random as a key and needs no costly derivation: only its authenticator can give it. */
async function answerKey(answer: Bytes, { salt }: Pick<Passkey, 'salt'>): Promise<CryptoKey> {
  if (answer.length !== KEY_BYTES) throw new RangeError('an answer has 32 bytes');
  const root = await crypto.subtle.importKey('raw', answer, 'HKDF', false, ['deriveKey']);
  const kind = { name: 'AES-GCM', length: 256 };
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  return crypto.subtle.deriveKey(hkdf('passkey', salt), root, kind, false, usages);
}
