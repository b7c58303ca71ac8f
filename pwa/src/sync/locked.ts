/**
 * [J5] What a locked device asks of itself, by a credential of its own that lies unsealed with the profile: whether its
 * person's check-in is still on, and whether it is to be wiped. It opens nothing else.
 */

import type { ProfileRow } from '../store/db.ts';
import { isWipe } from './session.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';
import type { CallResult, Link } from './messages.ts';

interface DeviceState {
  check_in: { deadline: string } | null;
}

/** `over`: the server says that no check-in is on. Null where nobody answers, or the device has no credential. */
export async function lockedState(
  fetching: typeof fetch,
  row: ProfileRow,
): Promise<'wiped' | 'over' | 'on' | null> {
  const link = linkOf(fetching, row);
  if (!link) return null;
  const answer = await call(link, 'GET', '/api/device', undefined, isState);
  if (isWipe(answer)) return 'wiped';
  if (!('ok' in answer)) return null;
  return answer.ok.check_in === null ? 'over' : 'on';
}

/** [V10] */
export function reportWiped(fetching: typeof fetch, device: string): Promise<CallResult<null>> {
  const link = { fetch: fetching, csrf: () => '', device };
  return call(link, 'POST', '/api/device/wiped', undefined, (said) => said === null);
}

export function linkOf(fetching: typeof fetch, row: ProfileRow): Link | null {
  const device = credentialOf(row);
  return device === null ? null : { fetch: fetching, csrf: () => '', device };
}

export function credentialOf({ device, credential }: ProfileRow): string | null {
  return credential === undefined ? null : `${device}.${credential}`;
}

function isState(body: unknown): body is DeviceState {
  return isObject(body) && 'check_in' in body && 'server_time' in body;
}
