import { expect, test } from 'vitest';
import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { teamDayOf } from './team_day.ts';

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
