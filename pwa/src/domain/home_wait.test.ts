import { expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { homeWait } from './home_wait.ts';

const TODAY = '2026-06-01';
const isPermanent = (stay: string) => stay === 'own_rental';
const waited = (...records: ReturnType<typeof record>[]) => homeWait(records, isPermanent, TODAY);

const decision = (start: string, more = {}) =>
  record('decision', `d-${start}`, { start, status: 'active', ...more });
const stay = (stay_kind: string, start: string, end: string | null = null) =>
  record('stay', `s-${start}`, { stay_kind, start, end });
const referral = record('referral', 'r-1', { need_notified_at: '2026-01-05T22:30:00Z' });

test('[Q7] from the first decision in force, and from the referral, until today', () => {
  const found = waited(decision('2026-02-01'), decision('2026-01-10'), referral);
  expect(found).toEqual({ days: 142, fromReferral: 146, found: null });
});

test('[Q7] until the day of moving into the first permanent home', () => {
  const found = waited(
    decision('2026-01-10'),
    referral,
    stay('temporary_housing', '2026-01-11'),
    stay('own_rental', '2026-03-01'),
    stay('own_rental', '2026-05-01'),
  );
  expect(found).toEqual({ days: 50, fromReferral: 54, found: '2026-03-01' });
});

test('[Q7] who had a home when the service began waits for none; one that begins later than today is none yet', () => {
  expect(waited(decision('2026-01-10'), stay('own_rental', '2020-01-01'))).toBeNull();
  expect(waited(decision('2026-01-10'), stay('own_rental', '2026-07-01'))?.found).toBeNull();
});

test('[Q7] without a decision the term of the case counts; without either, or before it begins, nothing', () => {
  const client = record('case', 'c-1', { service: { start: '2026-05-02', end: null } });
  expect(waited(client)).toEqual({ days: 30, fromReferral: null, found: null });
  expect(waited()).toBeNull();
  expect(waited(client, decision('2026-05-10', { status: 'refused' }))).toBeNull();
  expect(waited(decision('2026-07-01'))).toBeNull();
});

test('[Q7] nobody waits once the case has ended', () => {
  const client = record('case', 'c-1', { status: 'ended' });
  expect(waited(client, decision('2026-01-10'))).toBeNull();
  expect(waited(client, decision('2026-01-10'), stay('own_rental', '2026-02-09'))?.days).toBe(30);
});
