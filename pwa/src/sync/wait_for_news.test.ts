import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Link } from './messages.ts';
import { hasNews } from './wait_for_news.ts';
import type { Store } from '../store/store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const SYNCED = { syncState: { cursor: 'a+b', complete: true } } as Pick<Store, 'syncState'>;

/** A server that answers in turn, and what it was asked. */
function answering(...answers: object[]): { link: Link; asked: string[] } {
  const asked: string[] = [];
  const fetch: Link['fetch'] = (path) => {
    if (typeof path === 'string') asked.push(path);
    const answer = answers.shift();
    return answer ? Promise.resolve(Response.json(answer)) : Promise.reject(new TypeError('none'));
  };
  return { link: { fetch, csrf: () => 'csrf' }, asked };
}

test('[P11] it is asked again until there is news, with the latest cursor, as patiently as the server wants', async () => {
  const { link, asked } = answering({ news: false, wait_s: 60 }, { news: true, wait_s: 0 });
  const told = hasNews(link, SYNCED, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['/api/news?cursor=a%2Bb']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(2);
  expect(await told).toBe(true);
});

test('[P11] silence, an exchange that begins, and an unfinished first fetch end it', async () => {
  const silent = answering();
  const told = hasNews(silent.link, SYNCED, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([await told, silent.asked.length]).toEqual([false, 1]);

  const patient = answering({ news: false, wait_s: 60 }, { news: true, wait_s: 0 });
  const stop = new AbortController();
  const stopped = hasNews(patient.link, SYNCED, stop.signal);
  await vi.advanceTimersByTimeAsync(1_000);
  stop.abort();
  await vi.advanceTimersByTimeAsync(100_000);
  await stopped;
  expect(patient.asked.length).toBe(1);

  const first = answering({ news: true, wait_s: 0 });
  const begun = { syncState: { ...SYNCED.syncState, complete: false } };
  expect(await hasNews(first.link, begun, new AbortController().signal)).toBe(false);
  expect(first.asked).toEqual([]);
});
