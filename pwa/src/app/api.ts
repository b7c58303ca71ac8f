/**
 * What screens ask of the server beside the exchange, in the shapes of the contract. Nothing is kept here: whoever asks
 * says what holds while there is no answer.
 */

import type { components } from '../model/api-types.d.ts';
import { app } from './app.svelte.ts';
import type { Json, Problem } from '../model/engine.ts';

export type Shape = components['schemas'];
export type Failed = Problem | 'no_connection';
export type ApiResult<T> = { ok: T } | { failed: Failed };
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** `proof` is a field that our answer has: any other JSON is not ours, such as a captive portal's. */
export async function apiRequest<T>(
  method: Method,
  path: string,
  proof: keyof T & string,
  body?: Json,
): Promise<ApiResult<T>> {
  const answer = await app.engine.ask(method, path, body);
  if (!('ok' in answer)) return { failed: failureOf(answer) };
  const said = answer.ok;
  const isOurs = typeof said === 'object' && said !== null && proof in said;
  return isOurs ? { ok: said as T } : { failed: 'no_connection' };
}

/** For what is answered with nothing. Null once it stands. */
export async function apiCommand(
  method: Method,
  path: string,
  body?: Json,
): Promise<Failed | null> {
  const answer = await app.engine.ask(method, path, body);
  if (!('ok' in answer)) return failureOf(answer);
  return answer.ok === null ? null : 'no_connection';
}

export function failureOf(answer: { refused: Problem } | { none: true }): Failed {
  return 'refused' in answer ? answer.refused : 'no_connection';
}
