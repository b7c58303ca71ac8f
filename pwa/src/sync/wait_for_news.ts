/** [P11] A request that the server answers once there is something new for this device. */

import type { Link } from './messages.ts';
import type { Store } from '../store/store.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';

/** between two exchanges that news asked for */
const BETWEEN_MS = 300;
/** The server answers after 45 s in any case. */
const ANSWERED_MS = 60_000;

interface News {
  /** whether an exchange would bring something */
  news: boolean;
  /** before which it is no use to ask again */
  wait_s: number;
}

/**
 * True once an exchange would bring something. False where nobody tells, once `signal` says that an exchange has begun, and
 * before everything is here: a first fetch goes on by itself.
 */
export async function hasNews(
  link: Link,
  { syncState }: Pick<Store, 'syncState'>,
  signal: AbortSignal,
): Promise<boolean> {
  const { cursor, complete } = syncState;
  if (cursor === null || !complete) return false;
  const path = `/api/news?cursor=${encodeURIComponent(cursor)}`;
  let waitMs = BETWEEN_MS;
  for (;;) {
    await pause(waitMs, signal);
    if (signal.aborted) return false;
    const told = await call(until(link, signal), 'GET', path, undefined, isNews, ANSWERED_MS);
    if (!('ok' in told) || told.ok.news) return 'ok' in told;
    waitMs = told.ok.wait_s * 1000;
  }
}

function until(link: Link, signal: AbortSignal): Link {
  return {
    ...link,
    fetch: (path, request) =>
      link.fetch(path, {
        ...request,
        signal: request?.signal ? AbortSignal.any([request.signal, signal]) : signal,
      }),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function isNews(said: unknown): said is News {
  return isObject(said) && typeof said['news'] === 'boolean' && typeof said['wait_s'] === 'number';
}
