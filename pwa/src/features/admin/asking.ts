/** What the office asks of the server. What is dangerous asks for the password in between, and then goes on (A2). */

import { apiCommand, apiRequest, type ApiResult, type Failed } from '../../app/api.ts';
import type { Json } from '../../model/engine.ts';
import { kindWord, sentenceOf } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { withPassword } from '../confirm/confirm_password.ts';

const BASE = '/api/admin';

type Method = 'GET' | 'POST' | 'PUT';

export function officeRequest<T>(
  method: Method,
  path: string,
  proof: keyof T & string,
  body?: Json,
): Promise<ApiResult<T>> {
  return withPassword(() => apiRequest<T>(method, BASE + path, proof, body));
}

export async function officeCommand(path: string, body?: Json): Promise<Failed | null> {
  const answer = await withPassword(async () => {
    const failed = await apiCommand('POST', BASE + path, body);
    return failed === null ? { ok: null } : { failed };
  });
  return 'failed' in answer ? answer.failed : null;
}

/** Why the server did not take it, in words, at the field where it can be mended. */
export function sentenceFor(failed: Failed): string {
  if (failed === 'no_connection') return words.admin.needsNetwork;
  const [field, codes] = Object.entries(failed.fields ?? {})[0] ?? [];
  const faults: Record<string, string> = words.admin.faults;
  return wordOf(faults, `${field}_${codes?.[0]}`) ?? sentenceOf(failed);
}

/** What the records of a kind are called, all together. */
export function manyOf(kind: string): string {
  return kindWord(`${kind}.@many`) ?? wordOf(words.admin.dataTokens.called, kind) ?? kind;
}

/** The word of a code that came as data; undefined where there is none. */
export function wordOf(among: Record<string, string>, code: string): string | undefined {
  return Object.entries(among).find(([one]) => one === code)?.[1];
}
