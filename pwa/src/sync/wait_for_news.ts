/** [P11] A request that the server answers once there is something new for this device. */

import type { Link } from './messages.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';

/** The server answers after 45 s in any case. */
const ANSWERED_MS = 60_000;

export interface News {
  /** whether an exchange would bring something */
  news: boolean;
  /** before which it is no use to ask again */
  waitMs: number;
}

/** Null where nobody answers, or an exchange began meanwhile. `cursor` is that of the last exchange. */
export async function waitForNews(
  link: Link,
  cursor: string,
  signal: AbortSignal,
): Promise<News | null> {
  const until: Link = {
    ...link,
    fetch: (path, request) =>
      link.fetch(path, {
        ...request,
        signal: request?.signal ? AbortSignal.any([request.signal, signal]) : signal,
      }),
  };
  const path = `/api/news?cursor=${encodeURIComponent(cursor)}`;
  const answer = await call(until, 'GET', path, undefined, isNews, ANSWERED_MS);
  return 'ok' in answer ? { news: answer.ok.news, waitMs: answer.ok.wait_s * 1000 } : null;
}

function isNews(said: unknown): said is { news: boolean; wait_s: number } {
  return isObject(said) && typeof said['news'] === 'boolean' && typeof said['wait_s'] === 'number';
}
