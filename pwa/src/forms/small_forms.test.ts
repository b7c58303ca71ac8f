import { expect, test } from 'vitest';
import { aino, record } from '../domain/cast.fixture.ts';
import { instantAt } from '../domain/wall_clock.ts';
import {
  hasPlanAndGoal,
  noteEdit,
  noteFormOf,
  phaseErrors,
  planFormOf,
  someTimeSoon,
} from './small_forms.ts';

const start = {
  id: 'v-1',
  case: 'c-1',
  times: { day: '2026-12-01', start: '09:00', end: '10:00' },
  worker: aino,
  safety: [] as string[],
};

test('[H7] a plan begins at home, but not where a file of the client says that nobody is to go', () => {
  expect(planFormOf(null, start).input).toMatchObject({
    visitKind: 'home_visit',
    place: 'client_home',
  });
  expect(planFormOf(null, { ...start, safety: ['no_home_visit'] }).input).toMatchObject({
    visitKind: 'support_visit',
    place: 'agreed_place',
  });
});

test('what was agreed for a visit stays, whatever the flags say later', () => {
  const visit = record('visit', 'v-1', { visit_kind: 'home_visit', place: 'client_home' });
  expect(planFormOf(visit, { ...start, safety: ['no_home_visit'] }).input).toMatchObject({
    visitKind: 'home_visit',
    place: 'client_home',
  });
});

test.each([
  ['2026-12-01', '14:20', '2026-12-01', '15:00'],
  ['2026-12-01', '18:30', '2026-12-02', '09:00'],
  ['2026-12-04', '18:30', '2026-12-07', '09:00'],
  ['2026-12-06', '11:00', '2026-12-07', '09:00'],
])('%s klo %s: %s klo %s is soon', (day, clock, soon, at) => {
  expect(someTimeSoon(Date.parse(instantAt(day, clock)))).toMatchObject({ day: soon, start: at });
});

test('[E6] the preparation is left with an agreed plan and a goal in the client’s own words', () => {
  const plan = record('plan', 'p-1', { client_part: 'Maksan vuokran.', agreed_on: '2026-11-20' });
  const goal = record('goal', 'g-1', { title: 'Oma koti', client_words: 'Haluan oven.' });
  const draft = record('plan', 'p-2', { client_part: 'Maksan vuokran.' });
  expect(hasPlanAndGoal([plan, goal])).toBe(true);
  expect(hasPlanAndGoal([draft, goal])).toBe(false);
  expect(hasPlanAndGoal([plan, record('goal', 'g-2', { title: 'Oma koti' })])).toBe(false);
  const when = { phase: 'strong' as const, since: '2026-12-01' };
  const input = { record: 'c-1', period: 'f-1', case: 'c-1', ...when };
  const rest = { reason: 'goals_reached', note: '', hours: '' };
  expect(phaseErrors({ ...input, ...rest }, false, true)).toEqual(['plan']);
  expect(phaseErrors({ ...input, ...rest })).toEqual([]);
});

test('a note says that it tells of another person, where somebody ticks it, and only then', () => {
  const fresh = noteFormOf(null, 'n-1', 'c-1', Date.parse('2026-12-01T10:00:00Z'));
  fresh.input.text = 'Naapuri juo.';
  expect(noteEdit(fresh)?.set).not.toHaveProperty('visibility');
  fresh.input.visibility = 'third_party_info';
  expect(noteEdit(fresh)?.set).toMatchObject({ visibility: 'third_party_info' });
});
