/** [K8] What a locked device asks of the person's check-in: the browser's session answers for it, without the store's key. */

import { isSigned, refresh } from './session.ts';
import { call, isObject, type Link } from './wire.ts';

interface Own {
  check_in: unknown;
}

/** Whether the server says that none is on. False where nobody answers. */
export async function isOver({ fetch }: Pick<Link, 'fetch'>): Promise<boolean> {
  const session = await call({ fetch, csrf: () => '' }, 'GET', '/api/session', undefined, isSigned);
  if (!('ok' in session)) return false;
  const link = { fetch, csrf: () => session.ok.csrf };
  const ask = () => call(link, 'GET', '/api/checkins/mine', undefined, isOwn);
  let answer = await ask();
  // The time in a pocket is longer than the access token's.
  if ('refused' in answer && answer.status === 401 && 'ok' in (await refresh(link)))
    answer = await ask();
  return 'ok' in answer && answer.ok.check_in === null;
}

function isOwn(body: unknown): body is Own {
  return isObject(body) && 'check_in' in body && 'server_time' in body;
}
