import { expect, test } from 'vitest';
import type { CaseSummary, Json } from '../model/engine.ts';
import { answerBy, intakesAmong } from './intakes.ts';

const RANKS: Record<string, number> = { violence: 1, eviction_near: 2, other: 3 };

function intake(name: string, values: Record<string, Json>, isIntake = true): CaseSummary {
  const listed = [{ record: `r-${name}`, kind: 'referral', values }];
  return { case: name, name, isIntake, listed } as unknown as CaseSummary;
}

test('[H4] [row 6] [row 39] no roof tonight first, then crisis, then age; clients and what is over are not in it', () => {
  const at = (hour: number) => `2026-11-29T0${hour}:00:00Z`;
  const queue = intakesAmong(
    [
      intake('old', { need_notified_at: at(1) }),
      intake('new', { need_notified_at: at(5) }),
      intake('eviction', { need_notified_at: at(4), crisis: 'eviction_near' }),
      intake('violence', { need_notified_at: at(2), crisis: 'violence' }),
      intake('roofless', { need_notified_at: at(6), no_roof_tonight: true }),
      intake('taken in', { need_notified_at: at(1), no_roof_tonight: true }, false),
      { ...intake('answered', {}), listed: [] },
    ],
    (crisis) => RANKS[crisis],
  );
  expect(queue.map(({ client }) => client.name)).toEqual([
    'roofless',
    'violence',
    'eviction',
    'old',
    'new',
  ]);
});

test('[H7] of a client who is served already only a referral that nobody has answered is in it', () => {
  const joined = (name: string, values: Record<string, Json>) => ({
    ...intake(name, values, false),
    waits: true,
  });
  const queue = intakesAmong(
    [
      joined('open', { need_notified_at: '2026-11-29T01:00:00Z' }),
      joined('answered', {
        need_notified_at: '2026-11-29T01:00:00Z',
        first_response: { at: '2026-11-29T02:00:00Z' },
      }),
    ],
    (crisis) => RANKS[crisis],
  );
  expect(queue.map(({ client }) => client.name)).toEqual(['open']);
});

test('[row 6] the clock runs for 24 hours from the notice of need, until somebody answers', () => {
  const values = { need_notified_at: '2026-11-28T22:30:00Z' };
  const listed = (more: Record<string, Json> = {}) => ({
    record: 'r',
    kind: 'referral',
    values: { ...values, ...more },
  });
  expect(answerBy(listed())).toBe(Date.parse('2026-11-29T22:30:00Z'));
  expect(answerBy(listed({ first_response: { by: 'aino' } }))).not.toBeNull();
  expect(answerBy(listed({ first_response: { at: '2026-11-29T08:00:00Z' } }))).toBeNull();
  expect(answerBy({ record: 'r', kind: 'referral', values: {} })).toBeNull();
});
