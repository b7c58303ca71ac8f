import { failureOf, type ApiResult } from './api.ts';
import { app } from './app.svelte.ts';

/** A calendar or a report, to be kept outside the app (`keepFile`). */
export async function apiFile(path: string): Promise<ApiResult<Blob>> {
  const answer = await app.engine.askFile(path);
  return 'ok' in answer ? answer : { failed: failureOf(answer) };
}
