/** Everything besides the exchange that needs the network: signing in and out, staying signed in. */

import type { Problem } from '../store/engine.ts';
import { call, isObject, type Answer, type Link } from './wire.ts';

export interface Signed {
  user: string;
  organisation: string;
  production: boolean;
  device: string;
  csrf: string;
}

const SESSION = '/api/session';

export function signIn(
  link: Link,
  name: string,
  password: string,
  device: { id: string; name: string },
): Promise<Answer<Signed>> {
  return call(link, 'POST', SESSION, { name, password, device }, isSigned);
}

/** A fresh access token. The same successor is handed out again if the answer is lost. */
export function refresh(link: Link): Promise<Answer<Signed>> {
  return call(link, 'POST', `${SESSION}/refresh`, undefined, isSigned);
}

/** Ends the session; false where there was no answer, and it lives on. */
export async function signOut(link: Link): Promise<boolean> {
  const answer = await call(link, 'DELETE', SESSION, undefined, isNothing, 4_000);
  return !('none' in answer);
}

/** [V10] Whether the server says that this device is to be made unreadable: also while it is locked. */
export async function isToBeWiped(link: Link): Promise<boolean> {
  return isWipe(await call(link, 'GET', SESSION, undefined, isSigned));
}

export function isWipe(answer: Answer<unknown>): boolean {
  return 'refused' in answer && answer.refused.code === 'device_wiped';
}

/** [V10] The session is over: the device's id is all that it still has. */
export function reportWiped(link: Link, device: string): Promise<Answer<null>> {
  return call(link, 'POST', `/api/devices/${device}/wiped`, undefined, isNothing);
}

export function changePassword(link: Link, current: string, next: string): Promise<Answer<null>> {
  return call(link, 'POST', '/api/password', { current, next }, isNothing);
}

export function problemOf(
  answer: Exclude<Answer<unknown>, { ok: unknown }>,
): Problem | 'no_connection' {
  return 'refused' in answer ? answer.refused : 'no_connection';
}

export function isSigned(body: unknown): body is Signed {
  if (!isObject(body)) return false;
  const texts = ['user', 'organisation', 'device', 'csrf'];
  return texts.every((name) => typeof body[name] === 'string');
}

function isNothing(body: unknown): body is null {
  return body === null;
}
