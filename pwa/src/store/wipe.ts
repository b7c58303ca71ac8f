/** [V10] A stolen device, at its next contact. Nothing is rescued. */

import { reportWiped } from '../sync/session.ts';
import type { Link } from '../sync/wire.ts';
import { deleteSealed } from './db.ts';
import type { Profiles } from './profiles.ts';

/** The slot goes first: from then on no password opens what still lies here. Then the data; then it is reported. */
export async function wipe(profiles: Profiles, link: Link, profile: string): Promise<void> {
  const device = (await profiles.get(profile))?.device;
  await profiles.remove(profile);
  await deleteSealed(profile);
  if ((await profiles.cookies()) === profile) await profiles.dropCookies(null);
  if (device !== undefined) await reportWiped(link, device);
}
