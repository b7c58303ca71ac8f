/** What signing in needs and nothing else does: a key for the session, a store for who is new here, what the device is called. */

import { isWipe, problemOf, signIn } from '../sync/session.ts';
import type { Link } from '../sync/messages.ts';
import type { ProfileRow } from '../store/db.ts';
import type { Profiles } from '../store/profiles.ts';
import { newCredential, ownerMark, Vault } from '../store/vault.ts';

/** Pseudonyms for the picker: a person knows their own, nobody else learns anything from it. */
const LABELS = [
  'Kuikka', 'Tiira', 'Kurki', 'Kuovi', 'Rastas', 'Kiuru', 'Tilhi', 'Västäräkki', 'Lokki', 'Sorsa',
  'Pöllö', 'Haikara', 'Peippo', 'Tikka', 'Kihu', 'Uikku',
]; // prettier-ignore

/** `own`: the store that is here, or one that is being founded. Both sides' Argon2 takes its time: they run at once. */
export async function signingIn(
  profiles: Profiles,
  link: Link,
  name: string,
  password: string,
  row: ProfileRow | null,
  once?: string,
  code?: string,
  ticket?: string,
) {
  const id = row?.device ?? crypto.randomUUID();
  const credential = row?.credential ?? newCredential();
  const { newKey } = await import('../store/vault_session.ts');
  const { open, key } = await newKey();
  const device = { id, name: deviceName(), credential };
  const answering = signIn(link, name, password, device, open, once, code, ticket);
  const own = row ?? founded(profiles, name, password, id, credential);
  return { answering, key, credential, own, isWipe, problemOf };
}

/** What a new person here will be: a fresh vault behind the password's slot. Nothing is stored before `add`. */
async function founded(
  profiles: Profiles,
  name: string,
  password: string,
  device: string,
  credential: string,
): Promise<{ vault: Vault; profile: ProfileRow }> {
  const id = crypto.randomUUID();
  const vault = Vault.fresh(id);
  const taken = new Set((await profiles.list()).map((profile) => profile.label));
  const profile: ProfileRow = {
    id,
    device,
    credential,
    label: LABELS.find((label) => !taken.has(label)) ?? id.slice(0, 4),
    owner: await ownerMark(id, name),
    slot: await vault.slot(password),
    tries: 0,
    triedAt: 0,
    unsent: 0,
  };
  return { vault, profile };
}

/** How the device is called in the list of one's devices: what kind of browser on what, nothing that tells whose. */
function deviceName(): string {
  const { userAgent } = navigator;
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(userAgent)?.[0] ?? '';
  const browser = /Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0] ?? '';
  return (
    [browser === 'Edg' ? 'Edge' : browser, system].filter((part) => part !== '').join(' · ') ||
    'Selain'
  );
}
