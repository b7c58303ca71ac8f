/** Everything besides the exchange that needs the network: signing in and out, locking, another password. */

import type { Problem } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';
import type { CallResult, Link } from './messages.ts';

export interface Signed {
  session: string;
  user: string;
  organisation: string;
  production: boolean;
  device: string;
  csrf: string;
}

const SESSION = '/api/session';

/** `key`: the open half of the session's key; `once`: the one-time password that `password` replaces (A3); `code`: J9;
    `ticket`: of another provider, in place of name and password (J15). */
export function signIn(
  link: Link,
  name: string,
  password: string,
  device: { id: string; name: string; credential: string },
  key: string,
  once?: string,
  code?: string,
  ticket?: string,
): Promise<CallResult<Signed>> {
  if (ticket !== undefined)
    return call(
      link,
      'POST',
      `${SESSION}/providers/session`,
      { ticket, device, key, code },
      isSigned,
    );
  const given = once === undefined ? { password } : { password: once, new_password: password };
  return call(link, 'POST', SESSION, { name, ...given, device, key, code }, isSigned);
}

/** [J3] The access token opens nothing any more. Where nobody answers its time runs out; alone it opens nothing anyhow. */
export function giveUpAccess(link: Link): Promise<CallResult<null>> {
  return call(link, 'POST', `${SESSION}/lock`, undefined, isNothing, 4_000);
}

/** [J4] Ends the session, whatever became of its tokens. */
export function endSession(
  fetching: typeof fetch,
  signed: { session: string; signature: string },
): Promise<CallResult<null>> {
  const link = { fetch: fetching, csrf: () => '' };
  return call(link, 'POST', `${SESSION}/end`, signed, isNothing, 4_000);
}

export function isWipe(answer: CallResult<unknown>): boolean {
  return 'refused' in answer && answer.refused.code === 'device_wiped';
}

export function changePassword(
  link: Link,
  current: string,
  next: string,
): Promise<CallResult<null>> {
  return call(link, 'POST', '/api/password', { current, next }, isNothing);
}

export function problemOf(
  answer: Exclude<CallResult<unknown>, { ok: unknown }>,
): Problem | 'no_connection' {
  return 'refused' in answer ? answer.refused : 'no_connection';
}

export function isSigned(body: unknown): body is Signed {
  if (!isObject(body)) return false;
  const texts = ['session', 'user', 'organisation', 'device', 'csrf'];
  return texts.every((name) => typeof own(body, name) === 'string');
}

function isNothing(body: unknown): body is null {
  return body === null;
}
