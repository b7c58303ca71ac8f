import { describe, expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { unloggedOn } from './unlogged.ts';
import { instantAt } from './wall_clock.ts';
import type { Json } from '../model/engine.ts';

const eve = '2026-11-30';
const today = '2026-12-01';
const morrow = '2026-12-02';

function planned(id: string, from: [string, string], to: [string, string], more = {}) {
  const plan: Json = { start: instantAt(...from), end: instantAt(...to) };
  return record('visit', id, { plan, ...more });
}

function found(visits: ReturnType<typeof planned>[], ...days: string[]): string[] {
  return unloggedOn(visits, ...days).map(({ id }) => id);
}

describe('[E7] what was planned for a day and is not logged', () => {
  test('two are told in their order, however they were stored', () => {
    const late = planned('late', [today, '14:00'], [today, '15:00']);
    const early = planned('early', [today, '08:00'], [today, '09:00']);
    expect(found([late, early], today)).toEqual(['early', 'late']);
  });

  test('one that runs past midnight is of both days, whichever is asked for', () => {
    const night = planned('night', [today, '23:30'], [morrow, '00:30']);
    expect(found([night], today)).toEqual(['night']);
    expect(found([night], morrow)).toEqual(['night']);
    expect(found([night], today, morrow)).toEqual(['night']);
    expect(found([night], eve)).toEqual([]);
  });

  test('one that ends at midnight is of the day before', () => {
    const evening = planned('evening', [eve, '23:00'], [today, '00:00']);
    expect(found([evening], eve)).toEqual(['evening']);
    expect(found([evening], today)).toEqual([]);
  });

  test('the day is that of the wall clock: 0.30 in Finland is the day before in UTC', () => {
    const early = planned('early', [today, '00:30'], [today, '01:15']);
    expect(found([early], today)).toEqual(['early']);
    expect(found([early], eve)).toEqual([]);
  });

  test("yesterday's and tomorrow's are not", () => {
    const others = [
      planned('before', [eve, '10:00'], [eve, '11:00']),
      planned('after', [morrow, '10:00'], [morrow, '11:00']),
    ];
    expect(found(others, today)).toEqual([]);
  });

  test.each<[string, Record<string, Json>]>([
    ['logged', { outcome: { code: 'done' } }],
    ['logged in part', { outcome: { code: 'done_partly', reason: 'Kiire' } }],
    ['cancelled', { outcome: { code: 'cancelled', side: 'client' } }],
    ['not at home', { outcome: { code: 'no_show' } }],
    ['taken away', { removed: { saw: [] } }],
  ])('%s: not told', (_why, more) => {
    expect(found([planned('one', [today, '10:00'], [today, '11:00'], more)], today)).toEqual([]);
  });

  test.each<[string, Json]>([
    ['no plan', null],
    ['no start', { end: instantAt(today, '11:00') }],
    ['no end', { start: instantAt(today, '10:00') }],
    ['a start that is none', { start: 'kohta', end: 'myöhemmin' }],
    ['a day that is none', { start: '2026-02-31T10:00:00Z', end: '2026-13-01T10:00:00Z' }],
    ['years too far', { start: '99999-12-01T10:00:00Z', end: '99999-12-01T11:00:00Z' }],
    ['a text', 'tiistaina'],
  ])('%s: of no day, and nothing throws', (_what, plan) => {
    const visit = record('visit', 'odd', { plan });
    expect(found([visit], today)).toEqual([]);
  });

  test('nor is what is no visit', () => {
    const plan = { start: instantAt(today, '10:00'), end: instantAt(today, '11:00') };
    expect(unloggedOn([record('note', 'n', { plan })], today)).toEqual([]);
  });
});
