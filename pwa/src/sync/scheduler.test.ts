import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outcome } from './exchange_state.ts';
import { REACH_MS, SyncScheduler, type Phase } from './scheduler.ts';

const SILENCE: Outcome = { none: true };
const DONE: Outcome = { done: true };

let schedulers: SyncScheduler[];
let phases: Phase[];

beforeEach(() => {
  schedulers = [];
  phases = [];
});

afterEach(() => {
  for (const scheduler of schedulers) scheduler.stop();
  vi.useRealTimers();
});

function schedulerOf(
  syncOnce: () => Promise<Outcome>,
  lock: string = crypto.randomUUID(),
  lockWaitMs?: number,
  reaches: () => Promise<boolean> = () => Promise.resolve(true),
  hasNews: (signal: AbortSignal) => Promise<boolean> = () => Promise.resolve(false),
): SyncScheduler {
  const scheduler = new SyncScheduler(
    lock,
    {
      syncOnce,
      changed: () => {
        phases.push(scheduler.phase);
      },
      reaches,
      hasNews,
    },
    lockWaitMs,
  );
  schedulers.push(scheduler);
  return scheduler;
}

function refused(status: number, retryAfterMs: number | null = null): Outcome {
  return { refused: { code: 'try_later' }, status, retryAfterMs };
}

/** A `syncOnce` that answers in turn, the last answer for ever; and how often it was asked. */
function answering(...outcomes: Outcome[]): {
  syncOnce: () => Promise<Outcome>;
  times: () => number;
} {
  let asked = 0;
  const syncOnce = () => {
    const outcome = outcomes[Math.min(asked, outcomes.length - 1)] ?? DONE;
    asked += 1;
    return Promise.resolve(outcome);
  };
  return { syncOnce, times: () => asked };
}

test('[R8] one syncer among the tabs of a person', async () => {
  let running = 0;
  let most = 0;
  const syncOnce = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return DONE;
  };
  await Promise.all([1, 2, 3].map(() => schedulerOf(syncOnce, 'the same person').requestSync()));
  expect(most).toBe(1);
});

test('[R8] a tab that holds the place and is frozen loses it', async () => {
  const frozen = schedulerOf(() => new Promise(() => undefined), 'a frozen tab');
  void frozen.requestSync();
  const { syncOnce, times } = answering(DONE);
  await schedulerOf(syncOnce, 'a frozen tab', 50).requestSync();
  expect(times()).toBe(1);
});

test('[R2] what is asked for during an exchange is answered by one more, not by many', async () => {
  let times = 0;
  const scheduler = schedulerOf(async () => {
    times += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return DONE;
  });
  await Promise.all([
    scheduler.requestSync(),
    scheduler.requestSync(),
    scheduler.requestSync(),
    scheduler.requestSync(),
  ]);
  expect(times).toBe(2);
});

test('[R2, U7] the chip clears within 5 s of the network’s return, however long it was away', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  let isThere = false;
  const scheduler = schedulerOf(() => Promise.resolve(isThere ? DONE : SILENCE));
  await scheduler.requestSync();
  for (const awayMs of [500, 7_000, 60_000, 3_600_000]) {
    isThere = false;
    void scheduler.requestSync();
    await vi.advanceTimersByTimeAsync(awayMs);
    expect(scheduler.phase).toBe('offline');
    isThere = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(scheduler.phase).toBe('idle');
  }
});

test('[R2] a server that is busy is asked again when it said, not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const { syncOnce, times } = answering(refused(503, 30_000), refused(429, 10_000), DONE);
  const scheduler = schedulerOf(syncOnce);
  await scheduler.requestSync();
  expect(scheduler.phase).toBe('failed');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(times()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(times()).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scheduler.phase).toBe('idle');
});

test('[R2] a server that fails is asked less and less often', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { syncOnce, times } = answering(refused(500));
  await schedulerOf(syncOnce).requestSync();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(times()).toBeGreaterThan(8);
  expect(times()).toBeLessThan(25);
});

test('[R1] without a session nothing is asked again until somebody signs in', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { syncOnce, times } = answering(refused(401));
  const scheduler = schedulerOf(syncOnce);
  await scheduler.requestSync();
  expect(scheduler.phase).toBe('sign_in');
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(times()).toBe(1);
});

test('[W13] a server that wants a newer app says so', async () => {
  const scheduler = schedulerOf(answering(refused(426)).syncOnce);
  await scheduler.requestSync();
  expect(scheduler.phase).toBe('update');
});

test('[V5] after locking nothing runs any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { syncOnce, times } = answering(SILENCE);
  const scheduler = schedulerOf(syncOnce);
  await scheduler.requestSync();
  scheduler.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  await scheduler.requestSync();
  expect(times()).toBe(1);
});

test('[U7] a server that falls silent is told within 30 s, and that it is back within 5 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  let isThere = true;
  const reaches = () =>
    isThere
      ? Promise.resolve(true)
      : new Promise<boolean>((told) => setTimeout(told, REACH_MS, false));
  const syncOnce = () => Promise.resolve(isThere ? DONE : SILENCE);
  const scheduler = schedulerOf(syncOnce, crypto.randomUUID(), undefined, reaches);
  await scheduler.requestSync();
  for (const restMs of [0, 9_000, 55_000, 600_000]) {
    await vi.advanceTimersByTimeAsync(restMs);
    expect(scheduler.phase).toBe('idle');
    isThere = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(scheduler.phase).toBe('offline');
    isThere = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(scheduler.phase).toBe('idle');
  }
});

test('[U7] whether it is there is not asked while it is exchanged with, nor after a lock', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  let asked = 0;
  const reaches = () => Promise.resolve((asked += 1) > 0);
  const syncOnce = () => new Promise<Outcome>((done) => setTimeout(done, 60_000, DONE));
  const scheduler = schedulerOf(syncOnce, crypto.randomUUID(), undefined, reaches);
  void scheduler.requestSync();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(asked).toBe(0);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked).toBe(1);
  scheduler.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(1);
});

test('[P11] news are fetched as soon as the server says so, and waited for again', async () => {
  const { syncOnce, times } = answering(DONE);
  const told = [true, true];
  const hasNews = () => Promise.resolve(told.shift() ?? false);
  await schedulerOf(syncOnce, undefined, undefined, undefined, hasNews).requestSync();
  await vi.waitUntil(() => times() === 3);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(times()).toBe(3);
});

test('[P11] an exchange for another reason ends the wait; so does stopping', async () => {
  const signals: AbortSignal[] = [];
  const hasNews = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<boolean>(() => undefined);
  };
  const scheduler = schedulerOf(answering(DONE).syncOnce, undefined, undefined, undefined, hasNews);
  await scheduler.requestSync();
  await scheduler.requestSync();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  scheduler.stop();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
