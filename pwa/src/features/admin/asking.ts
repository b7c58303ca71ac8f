/** What the office asks of the server. What is dangerous asks for the password in between, and then goes on (A2). */

import { apiCommand, apiRequest, type Answered, type Failed } from '../../app/api.ts';
import { openSheet } from '../../app/router.svelte.ts';
import type { Json } from '../../model/engine.ts';
import { sentenceOf } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';

/** the sheet that asks for the password */
export const CONFIRM = 'confirm';
const BASE = '/api/admin';

type Method = 'GET' | 'POST' | 'PUT';

let settle: ((given: boolean) => void) | null = null;

export async function officeRequest<T>(
  method: Method,
  path: string,
  proof: keyof T & string,
  body?: Json,
): Promise<Answered<T>> {
  const ask = () => apiRequest<T>(method, BASE + path, proof, body);
  const answer = await ask();
  return 'failed' in answer && (await givesPassword(answer.failed)) ? ask() : answer;
}

export async function officeCommand(path: string, body?: Json): Promise<Failed | null> {
  const ask = () => apiCommand('POST', BASE + path, body);
  const failed = await ask();
  return failed !== null && (await givesPassword(failed)) ? ask() : failed;
}

async function givesPassword(failed: Failed): Promise<boolean> {
  if (failed === 'no_connection' || failed.code !== 'confirm_password') return false;
  const given = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  openSheet(CONFIRM);
  return given;
}

/** The sheet is gone: with the password, or without. */
export function confirmed(given: boolean): void {
  settle?.(given);
  settle = null;
}

/** Why the server did not take it, in words, at the field where it can be mended. */
export function sentenceFor(failed: Failed): string {
  if (failed === 'no_connection') return words.admin.needsNetwork;
  const [field, codes] = Object.entries(failed.fields ?? {})[0] ?? [];
  const faults: Record<string, string> = words.admin.faults;
  return wordOf(faults, `${field}_${codes?.[0]}`) ?? sentenceOf(failed);
}

/** The word of a code that came as data; undefined where there is none. */
export function wordOf(among: Record<string, string>, code: string): string | undefined {
  return Object.entries(among).find(([one]) => one === code)?.[1];
}
