/** Another password for the store that is open: by the server, or on this device alone (J21). */

import type { Engine } from '../model/engine.ts';
import { changePassword, problemOf } from '../sync/session.ts';
import type { UnlockedSession } from './unlocked_session.ts';

export async function replacePassword(
  { link, profiles, store }: UnlockedSession,
  ...[current, next, onDevice = false]: Parameters<Engine['changePassword']>
): ReturnType<Engine['changePassword']> {
  const { vault } = store;
  if (onDevice) {
    const tried = await profiles.open(vault.profile, current);
    if ('refused' in tried) {
      const code = tried.refused === 'wait' ? 'too_many_tries' : 'sign_in_failed';
      return { ok: false, problem: { code } };
    }
  } else {
    const answer = await changePassword(link, current, next);
    if (!('ok' in answer)) return { ok: false, problem: problemOf(answer) };
  }
  // From now on it opens the store, and no other does.
  const slot = await vault.slot(next);
  await profiles.change(vault.profile, (row) => ({ ...row, slot, tries: 0 }));
  return { ok: true };
}
