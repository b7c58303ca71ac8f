/** Leaving for another provider's page and what its return brings (J15), asked by the page itself: no store is open yet. */

import type { Failed, Shape } from '../../app/api.ts';
import { isObject } from '../../rules/json.ts';

const BASE = '/api/session/providers';

type Answer<T> = { ok: T } | { failed: Failed };

export function providers(): Promise<Answer<Shape['ProviderButtons']>> {
  return asked<Shape['ProviderButtons']>('', 'providers');
}

/** Where to go. `again`: the person is to sign in anew there (J19). */
export function addressOf(
  provider: string,
  again: boolean,
): Promise<Answer<Shape['ProviderAddress']>> {
  return asked<Shape['ProviderAddress']>('', 'address', { provider, again });
}

export function ticketFor(returned: URLSearchParams): Promise<Answer<Shape['ProviderTicket']>> {
  const { state, code, iss } = Object.fromEntries(returned);
  return asked<Shape['ProviderTicket']>('/return', 'ticket', { state, code, ...(iss && { iss }) });
}

async function asked<T>(path: string, proof: keyof T & string, body?: unknown): Promise<Answer<T>> {
  try {
    const reply = await fetch(BASE + path, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'Content-Type': 'application/json' },
    });
    const said: unknown = await reply.json();
    if (isObject(said) && proof in said) return { ok: said as T };
    const problem = isObject(said) ? said['problem'] : null;
    if (isObject(problem) && typeof problem['code'] === 'string')
      return { failed: { code: problem['code'] } };
  } catch {
    // no network, or nothing of ours
  }
  return { failed: 'no_connection' };
}
