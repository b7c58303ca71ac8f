/** [U7] A small question that anybody may ask: a server that has fallen silent is noticed before there is something to send. */

import type { Link } from './messages.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';
import { REACH_MS } from './scheduler.ts';

export async function isReached(link: Link): Promise<boolean> {
  const answer = await call(link, 'GET', '/api/health', undefined, isHealth, REACH_MS);
  return !('none' in answer);
}

function isHealth(said: unknown): said is { status: 'ok' } {
  return isObject(said) && said['status'] === 'ok';
}
