import { expect, test } from 'vitest';
import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import {
  clientMarks,
  filterClients,
  filtersIn,
  hasMark,
  hoursShare,
  narrows,
  noFilters,
  queryOf,
  sortClients,
  type ClientColumn,
} from './client_filters.ts';

const now = Date.parse('2026-11-30T10:00:00Z');
const asked = { now, today: '2026-11-30' };
const inOrder = new Intl.Collator('fi').compare;

const planned = { start: '2026-12-02T08:00:00Z', end: '2026-12-02T09:00:00Z', outcome: null };

const sevenHours = {
  phases: { p: { phase: 'normal', since: '2026-01-01' } },
  service: {},
  decisions: { d: { status: 'active', start: '2026-01-01', end: '2026-12-31' } },
  exits: [],
};

/** A client of whom nothing stands out. */
function client(name: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return {
    case: name,
    name,
    status: 'active',
    phase: 'normal',
    contract: sevenHours,
    countedMinutes: { '2026-11': 420 },
    ownWorker: 'aino',
    lastContact: '2026-11-25T08:00:00Z',
    visits: [planned as VisitSummary],
    listed: [],
    ...more,
  } as CaseSummary;
}

const marksOf = (one: CaseSummary) => clientMarks.filter((mark) => hasMark(one, mark, asked));

test('[F5] what stands out is told of by the small index', () => {
  expect(marksOf(client('Paavo'))).toEqual([]);
  expect(marksOf(client('Silent', { lastContact: '2026-11-10T08:00:00Z' }))).toEqual(['silent']);
  expect(marksOf(client('Unplanned', { visits: [] }))).toEqual(['unplanned']);
  expect(marksOf(client('Under', { countedMinutes: { '2026-11': 335 } }))).toEqual(['under_hours']);
  expect(marksOf(client('Over', { countedMinutes: { '2026-11': 463 } }))).toEqual(['over_hours']);
  expect(marksOf(client('Nothing agreed', { contract: null }))).toEqual([]);
});

test('[F5] hours are measured against the days gone by; in the first week the month before tells', () => {
  const half = client('Half', { countedMinutes: { '2026-10': 420, '2026-11': 210 } });
  expect(hoursShare(half, '2026-11-15')).toBe(1);
  expect(hoursShare(half, '2026-11-30')).toBe(0.5);
  expect(hoursShare(half, '2026-11-07')).toBe(1);
});

test('[F5] a visit that has ended or was logged is no plan', () => {
  const over = { ...planned, start: '2026-11-30T08:00:00Z', end: '2026-11-30T09:00:00Z' };
  const logged = { ...planned, outcome: 'done' };
  expect(marksOf(client('Paavo', { visits: [over, logged] as VisitSummary[] }))).toEqual([
    'unplanned',
  ]);
});

test.each([
  ['unpaid', '2026-11-05', true],
  ['unpaid', '2026-11-30', false],
  ['not_due', '2026-11-29', true],
  ['arrears_one_month', '2027-01-01', true],
  ['payment_plan', '2026-11-05', false],
])('[F5] a rent that is %s and due on %s: arrears %s', (status, due_on, is) => {
  const listed = [{ record: 'r-1', kind: 'rent', values: { status, due_on } }];
  expect(hasMark(client('Paavo', { listed }), 'arrears', asked)).toBe(is);
});

test('[F5] of whom the service has ended, or who is not taken in yet, nothing stands out', () => {
  const forgotten = { lastContact: null, visits: [], countedMinutes: {} };
  expect(marksOf(client('Ended', { ...forgotten, status: 'ended' }))).toEqual([]);
  expect(marksOf(client('Referral', { ...forgotten, isIntake: true }))).toEqual([]);
});

test('[F5] filters narrow together, and go through an address', () => {
  const all = [
    client('Anna', { phase: 'strong', visits: [] }),
    client('Bo', { phase: 'strong' }),
    client('Cia', { phase: 'strong', visits: [], ownWorker: 'liisa' }),
  ];
  const filters = { marks: ['unplanned'], phase: 'strong', worker: 'aino' } as const;
  expect(filterClients(all, filters, asked).map(({ name }) => name)).toEqual(['Anna']);
  expect(filterClients(all, noFilters, asked)).toHaveLength(3);
  expect(filtersIn(new URLSearchParams(queryOf(filters)))).toEqual(filters);
  expect(filtersIn(new URLSearchParams('marks=odd'))).toEqual(noFilters);
  expect(narrows({ ...noFilters })).toBe(false);
  expect(narrows({ ...noFilters, worker: 'liisa' })).toBe(true);
  expect(queryOf(noFilters)).toBe('');
});

test.each<[ClientColumn, string[]]>([
  ['name', ['Anna', 'Bo', 'Öljy']],
  ['worker', ['Öljy', 'Anna', 'Bo']],
  ['phase', ['Bo', 'Anna', 'Öljy']],
  ['lastContact', ['Anna', 'Bo', 'Öljy']],
  ['nextVisit', ['Bo', 'Öljy', 'Anna']],
  ['hours', ['Öljy', 'Anna', 'Bo']],
])('[F5] clients by %s, both ways', (by, names) => {
  const all = [
    client('Öljy', { ownWorker: 'a', phase: null, countedMinutes: {} }),
    client('Bo', { ownWorker: null, phase: 'strong', contract: null }),
    client('Anna', { ownWorker: 'b', lastContact: null, visits: [] }),
  ];
  const sorted = (down: boolean) =>
    sortClients(all, { by, down }, inOrder, asked, (id) => id ?? '').map(({ name }) => name);
  expect(sorted(false)).toEqual(names);
  // Those alike keep the order of their names.
  const last =
    by === 'lastContact' || by === 'nextVisit' ? ['Bo', 'Öljy'] : names.slice().reverse();
  expect(sorted(true).filter((name) => last.includes(name))).toEqual(
    by === 'lastContact' || by === 'nextVisit' ? last : names.slice().reverse(),
  );
});
