import { expect, test } from 'vitest';
import * as moments from './moments.ts';
import { plural } from './plural.ts';

const NOW = Date.parse('2026-12-04T10:00:00Z');
const THURSDAY = '2026-12-03T12:30:00Z';

test('[U24] a moment is written as the language does, in Helsinki', () => {
  expect(moments.dayAndClock(THURSDAY, 'fi', NOW)).toBe('to 3.12. klo\u00a014.30');
  expect(moments.dayAndClock(THURSDAY, 'sv', NOW)).toBe('tors 3 dec. kl.\u00a014.30');
  expect(moments.dayAndClock(THURSDAY, 'en', NOW)).toBe('Thu 3 Dec at\u00a014:30');
});

test('[U24] the clock moves with summer time', () => {
  expect(moments.clock('2026-07-01T06:05:00Z', 'fi')).toBe('9.05');
  expect(moments.clock('2026-12-01T06:05:00Z', 'fi')).toBe('8.05');
});

test('another year is named', () => {
  expect(moments.day('2025-12-03T12:30:00Z', 'fi', NOW)).toBe('3.12.2025');
});

test('a stored day is the same day in every zone', () => {
  expect(moments.dateOf('2026-12-03', 'fi')).toBe('3.12.2026');
});

test('yesterday is yesterday by the calendar, not by 24 hours', () => {
  const lateYesterday = '2026-12-03T21:50:00Z';
  const justAfterMidnight = Date.parse('2026-12-03T22:10:00Z');
  expect(moments.daysAgo(lateYesterday, 'fi', justAfterMidnight)).toBe('eilen');
  expect(moments.recently(lateYesterday, 'fi', justAfterMidnight)).toBe('eilen klo\u00a023.50');
});

test('what is long past has its date', () => {
  expect(moments.daysAgo('2026-11-01T12:00:00Z', 'fi', NOW)).toBe('su 1.11.');
});

test('[U24] hours have a decimal comma in Finnish and Swedish', () => {
  expect(moments.hours(450, 'fi')).toBe('7,5 h');
  expect(moments.hours(450, 'sv')).toBe('7,5 h');
  expect(moments.hours(450, 'en')).toBe('7.5 h');
  expect(moments.hours(420, 'fi')).toBe('7 h');
});

test('å, ä and ö come last in Finnish', () => {
  const names = ['Öhman', 'Aalto', 'Zachariassen', 'Ämmälä'];
  expect(names.sort(moments.alphabetical('fi'))).toEqual([
    'Aalto',
    'Zachariassen',
    'Ämmälä',
    'Öhman',
  ]);
});

test('one and many', () => {
  const forms = { one: 'kirjaus', other: 'kirjausta' };
  expect([0, 1, 2, 21].map((count) => plural(count, forms))).toEqual([
    'kirjausta',
    'kirjaus',
    'kirjausta',
    'kirjausta',
  ]);
});

test('a length of time is told in hours and minutes, without what is nothing', () => {
  const said = (minutes: number) => moments.duration(minutes).replaceAll('\u00a0', ' ');
  expect([380, 45, 120, 0].map(said)).toEqual(['6 h 20 min', '45 min', '2 h', '0 min']);
  expect(moments.duration(61)).toBe('1\u00a0h\u00a01\u00a0min');
});
