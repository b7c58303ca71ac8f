import { expect, test } from 'vitest';
import type { CaseSummary } from '../model/engine.ts';
import { absencesOf, standInsOn, standsIn } from './absences.ts';

const client = (id: string, ownWorker: string | null) =>
  ({ case: id, ownWorker }) as unknown as CaseSummary;

const summaries = [
  client('eino', 'aino'),
  client('kerttu', 'aino'),
  client('tyyne', 'liisa'),
  client('sulo', null),
];
/** Finland's 4 December is over at 22.00 by UTC */
const standIns = [
  { user: 'liisa', until: '2026-12-10T22:00:00Z', cases: ['kerttu', 'tyyne', 'sulo', 'elsewhere'] },
  { user: 'liisa', until: '2026-12-04T22:00:00Z', cases: ['eino'] },
];

test('[U46, A11] whose clients somebody else looks after, with the last day in Finland, the nearest first', () => {
  expect(absencesOf(summaries, standIns)).toEqual([
    { person: 'aino', standIn: 'liisa', lastDay: '2026-12-04', clients: 1 },
    { person: 'aino', standIn: 'liisa', lastDay: '2026-12-10', clients: 1 },
  ]);
});

test('[U46, A11] from today to the last day, and nobody stands in for whoever stands in', () => {
  const absences = absencesOf(summaries, standIns);
  const on = (person: string, day: string) =>
    standInsOn(absences, person, { day, today: '2026-12-02' });
  expect(
    ['2026-12-01', '2026-12-02', '2026-12-10', '2026-12-11'].map((day) => on('aino', day)),
  ).toEqual([[], ['liisa'], ['liisa'], []]);
  expect(on('liisa', '2026-12-02')).toEqual([]);
});

test('[U46, S6] who stands in reads the file until it is over', () => {
  const reads = (person: string, at: string) => standsIn(standIns, person, 'eino', at);
  expect(reads('liisa', '2026-12-04T21:59:00Z')).toBe(true);
  expect(reads('liisa', '2026-12-04T22:00:00Z')).toBe(false);
  expect(reads('ville', '2026-12-03T08:00:00Z')).toBe(false);
});
