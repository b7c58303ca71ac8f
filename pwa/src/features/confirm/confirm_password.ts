/** What is dangerous, or leaves the app, asks for the password in between, and then goes on (A2). */

import { apiRequest, type ApiResult, type Failed, type Shape } from '../../app/api.ts';
import { openSheet } from '../../app/router.svelte.ts';

/** the sheet that asks for the password */
export const CONFIRM = 'confirm';

/** [J19] By which provider this session began: who came so confirms there, and may have no password. */
export async function providerOfSession(): Promise<string | null> {
  const answer = await apiRequest<Shape['SessionReply']>('GET', '/api/session', 'session');
  return 'ok' in answer ? answer.ok.provider : null;
}

let settle: ((given: boolean) => void) | null = null;

/** Asks; where the server wants the password again, asks once more with it. */
export async function withPassword<T>(ask: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
  const answer = await ask();
  return 'failed' in answer && (await givesPassword(answer.failed)) ? ask() : answer;
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
