import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outcome } from './exchange.ts';
import { Pace, type Phase } from './pace.ts';

const SILENCE: Outcome = { none: true };
const DONE: Outcome = { done: true };

let paces: Pace[];
let phases: Phase[];

beforeEach(() => {
  paces = [];
  phases = [];
});

afterEach(() => {
  for (const pace of paces) pace.stop();
  vi.useRealTimers();
});

function paceOf(
  round: () => Promise<Outcome>,
  lock: string = crypto.randomUUID(),
  lockWaitMs?: number,
): Pace {
  const pace = new Pace(
    lock,
    {
      round,
      changed: () => {
        phases.push(pace.phase);
      },
    },
    lockWaitMs,
  );
  paces.push(pace);
  return pace;
}

function refused(status: number, retryAfterMs: number | null = null): Outcome {
  return { refused: { code: 'try_later' }, status, retryAfterMs };
}

/** A round that answers in turn, the last answer for ever; and how often it was asked. */
function answering(...outcomes: Outcome[]): { round: () => Promise<Outcome>; times: () => number } {
  let asked = 0;
  const round = () => {
    const outcome = outcomes[Math.min(asked, outcomes.length - 1)] ?? DONE;
    asked += 1;
    return Promise.resolve(outcome);
  };
  return { round, times: () => asked };
}

test('[R8] one syncer among the tabs of a person', async () => {
  let running = 0;
  let most = 0;
  const round = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return DONE;
  };
  await Promise.all([1, 2, 3].map(() => paceOf(round, 'the same person').nudge()));
  expect(most).toBe(1);
});

test('[R8] a tab that holds the place and is frozen loses it', async () => {
  const frozen = paceOf(() => new Promise(() => undefined), 'a frozen tab');
  void frozen.nudge();
  const { round, times } = answering(DONE);
  await paceOf(round, 'a frozen tab', 50).nudge();
  expect(times()).toBe(1);
});

test('[R2] what is asked for during an exchange is answered by one more, not by many', async () => {
  let rounds = 0;
  const pace = paceOf(async () => {
    rounds += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return DONE;
  });
  await Promise.all([pace.nudge(), pace.nudge(), pace.nudge(), pace.nudge()]);
  expect(rounds).toBe(2);
});

test('[R2, U7] the chip clears within 5 s of the network’s return, however long it was away', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  let isThere = false;
  const pace = paceOf(() => Promise.resolve(isThere ? DONE : SILENCE));
  await pace.nudge();
  for (const awayMs of [500, 7_000, 60_000, 3_600_000]) {
    isThere = false;
    void pace.nudge();
    await vi.advanceTimersByTimeAsync(awayMs);
    expect(pace.phase).toBe('offline');
    isThere = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pace.phase).toBe('idle');
  }
});

test('[R2] a server that is busy is asked again when it said, not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const { round, times } = answering(refused(503, 30_000), refused(429, 10_000), DONE);
  const pace = paceOf(round);
  await pace.nudge();
  expect(pace.phase).toBe('failed');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(times()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(times()).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(pace.phase).toBe('idle');
});

test('[R2] a server that fails is asked less and less often', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { round, times } = answering(refused(500));
  await paceOf(round).nudge();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(times()).toBeGreaterThan(8);
  expect(times()).toBeLessThan(25);
});

test('[R1] without a session nothing is asked again until somebody signs in', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { round, times } = answering(refused(401));
  const pace = paceOf(round);
  await pace.nudge();
  expect(pace.phase).toBe('sign_in');
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(times()).toBe(1);
});

test('[W13] a server that wants a newer app says so', async () => {
  const pace = paceOf(answering(refused(426)).round);
  await pace.nudge();
  expect(pace.phase).toBe('update');
});

test('[V5] after locking nothing runs any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { round, times } = answering(SILENCE);
  const pace = paceOf(round);
  await pace.nudge();
  pace.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  await pace.nudge();
  expect(times()).toBe(1);
});
