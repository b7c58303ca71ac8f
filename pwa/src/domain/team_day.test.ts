import { expect, test } from 'vitest';
import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { clashesOf, readsSurely, teamDayOf, teamWeekOf } from './team_day.ts';

const DAY = '2026-12-01';

function client(name: string, ownWorker: string | null, ...visits: Partial<VisitSummary>[]) {
  const whole = visits.map((visit, index) => ({
    record: `${name}-${index}`,
    case: name,
    worker: null,
    partner: null,
    outcome: null,
    end: visit.start,
    ...visit,
  }));
  return { case: name, name, ownWorker, visits: whole } as unknown as CaseSummary;
}

const shown = (summaries: CaseSummary[]) =>
  teamDayOf(summaries, DAY).map(({ person, items }) => [
    person,
    ...items.map(({ visit }) => visit.record),
  ]);

test('[Q10] by who makes it, in the order of the day; one without a worker is the own worker’s', () => {
  const kerttu = client('kerttu', 'aino', { start: '2026-12-01T12:00:00Z' });
  const paavo = client('paavo', 'liisa', { start: '2026-12-01T08:00:00Z', worker: 'aino' });
  expect(shown([kerttu, paavo])).toEqual([['aino', 'paavo-0', 'kerttu-0']]);
});

test('[Q10] a visit for two stands with both, and with one person once', () => {
  const pair = { start: '2026-12-01T08:00:00Z', worker: 'aino', partner: 'liisa' };
  const same = { start: '2026-12-01T09:00:00Z', worker: 'aino', partner: 'aino' };
  expect(shown([client('eino', 'aino', pair, same)])).toEqual([
    ['aino', 'eino-0', 'eino-1'],
    ['liisa', 'eino-0'],
  ]);
});

test('[Q10] of Finland’s day alone', () => {
  const starts = ['2026-11-30T21:59:00Z', '2026-11-30T22:00:00Z', '2026-12-01T22:00:00Z'];
  const visits = starts.map((start) => ({ start, worker: 'aino' }));
  expect(shown([client('tyyne', null, ...visits)])).toEqual([['aino', 'tyyne-1']]);
});

const weekOf = (summaries: CaseSummary[], people: string[] = []) =>
  teamWeekOf(summaries, '2026-11-30', people).map(({ person, days }) => [
    person,
    ...days.map(({ items }) => items.map(({ visit }) => visit.record).join(' ')),
  ]);

test('[U46] a row for each person, seven days in it, and one for who makes no visit', () => {
  const visits = [
    { start: '2026-12-02T12:00:00Z', worker: 'aino', partner: 'liisa' },
    { start: '2026-12-02T08:00:00Z', worker: 'aino' },
    { start: '2026-12-06T22:30:00Z', worker: 'aino' },
  ];
  const whole = [
    client('eino', 'aino', ...visits),
    client('sulo', null, { start: '2026-12-02T08:00:00Z' }),
  ];
  expect(weekOf(whole, ['aino', 'mikko'])).toEqual([
    ['aino', '', '', 'eino-1 eino-0', '', '', '', ''],
    [null, '', '', 'sulo-0', '', '', '', ''],
    ['liisa', '', '', 'eino-0', '', '', '', ''],
    ['mikko', '', '', '', '', '', '', ''],
  ]);
});

test('[U46, E7] what a person has at that time: not the visit itself, nor what was called off or is over', () => {
  const at = (start: string, end: string, more: Partial<VisitSummary> = {}) => ({
    start: `2026-12-01T${start}:00Z`,
    end: `2026-12-01T${end}:00Z`,
    worker: 'liisa',
    ...more,
  });
  const tyyne = client(
    'tyyne',
    'liisa',
    at('08:00', '09:00'),
    at('09:00', '10:00', { worker: 'aino', partner: 'liisa' }),
    at('09:30', '10:30', { outcome: 'cancelled_worker' }),
    at('10:00', '11:00'),
  );
  const span = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T10:00:00Z' };
  const found = (record: string) =>
    clashesOf([tyyne], 'liisa', span, record).map(({ visit }) => visit.record);
  expect(found('other')).toEqual(['tyyne-1']);
  expect(found('tyyne-1')).toEqual([]);
});

test('[U46, S1] who surely reads a file: the own worker, and who has just written in it', () => {
  const eino = client(
    'eino',
    'aino',
    { start: '2026-12-01T08:00:00Z', worker: 'liisa', outcome: 'done' },
    { start: '2026-12-02T08:00:00Z', worker: 'ville' },
  );
  const reads = (person: string) => readsSurely(eino, person);
  expect(['aino', 'liisa', 'ville'].map(reads)).toEqual([true, true, false]);
});
