import { expect, test } from 'vitest';
import '../kinds/declared.fixture.ts';
import type { CaseSummary, Json, RecordView } from '../model/engine.ts';
import { deadlinesOf, dueToday, fallingDueAmong, silentClients } from './falling_due.ts';
import { overviewOf } from './overview.ts';

const today = '2026-11-29';

function record(kind: string, id: string, values: Record<string, Json>): RecordView {
  const fields = Object.entries(values).map(
    ([name, value]): [string, RecordView['fields'][string]] => [
      name,
      [{ change: id, rank: '', author: '', value }],
    ],
  );
  return { id, kind, case: 'c-1', fields: Object.fromEntries(fields), pending: [] };
}

const client = (over: Partial<CaseSummary>): CaseSummary =>
  ({
    case: 'c-1',
    name: 'Paavo',
    status: 'active',
    phase: 'strong',
    lastContact: null,
    ...over,
  }) as CaseSummary;

test('[Q1] a deadline is told of from its first reminder on, and is late after its day', () => {
  const rent = { due_on: '2026-11-02', status: 'unpaid' };
  expect(deadlinesOf('rent', rent, today)).toContainEqual({
    kind: 'rent',
    cause: 'rent_unpaid',
    day: '2026-11-02',
    since: '2026-11-03',
  });
  const expiring = { expires_on: '2026-12-10', status: 'active' };
  expect(deadlinesOf('application', expiring, today)).toEqual([
    { kind: 'application', cause: 'application_expires', day: '2026-12-10', since: '2026-11-26' },
  ]);
});

test('[Q1] hours after a moment are a day too', () => {
  const disturbance = { reported_at: '2026-11-28T21:30:00Z', disturbance_kind: 'noise' };
  expect(deadlinesOf('disturbance', disturbance, today)).toContainEqual({
    kind: 'disturbance',
    cause: 'disturbance_unmet',
    day: '2026-11-29',
    since: '2026-11-28',
  });
});

test.each([
  ['what is settled', 'rent', { due_on: '2026-11-02', status: 'paid' }],
  ['no day', 'rent', { status: 'unpaid' }],
  ['a day that is none', 'rent', { due_on: 'soon', status: 'unpaid' }],
  ['a kind of a newer server', 'unheard_of', { due_on: '2026-11-02' }],
])('[Q1] nothing falls due of %s', (_, kind, values) => {
  expect(deadlinesOf(kind, values, today)).toEqual([]);
});

test('[Q1] across clients what is due first stands first, and what is not told of yet is left out', () => {
  const listed = [
    { record: 'r-2', kind: 'application', values: { status: 'active', expires_on: '2026-12-10' } },
    { record: 'r-1', kind: 'rent', values: { status: 'unpaid', due_on: '2026-11-02' } },
    { record: 'r-3', kind: 'application', values: { status: 'active', expires_on: '2027-02-01' } },
  ];
  expect(dueToday([client({ listed })], today).map(({ record: id }) => id)).toEqual(['r-1', 'r-2']);
});

test('[Q1] of one client far deadlines count too; what was removed does not', () => {
  const far = record('application', 'r-3', { status: 'active', expires_on: '2027-02-01' });
  const gone = record('rent', 'r-1', {
    status: 'unpaid',
    due_on: '2026-11-02',
    removed: { saw: [] },
  });
  const goal = record('goal', 'g-1', {
    title: 'Oma koti',
    status: 'in_progress',
    review_on: '2026-12-01',
  });
  expect(fallingDueAmong([far, gone, goal], today).map(({ record: id }) => id)).toEqual([
    'g-1',
    'r-3',
  ]);
});

test('[Q1] a client nobody has met for 14 days is told of, in the light phase not', () => {
  const clients = [
    client({ case: 'met', lastContact: '2026-11-15T10:00:00Z' }),
    client({ case: 'long', lastContact: '2026-11-14T10:00:00Z' }),
    client({ case: 'never' }),
    client({ case: 'light', phase: 'light' }),
    client({ case: 'over', status: 'ended' }),
  ];
  expect(silentClients(clients, today).map((one) => one.case)).toEqual(['never', 'long']);
});

test('[Q2] the overview has goals and open records by area, the service last', () => {
  const records = [
    record('goal', 'g-1', { title: 'Oma koti', area: 'apartment_search', status: 'in_progress' }),
    record('application', 'a-1', { status: 'active', expires_on: '2027-02-01' }),
    record('application', 'a-2', { status: 'offer_received', answer_by: '2026-12-01' }),
    record('application', 'a-3', { status: 'moved_in' }),
    record('rent', 'r-1', { status: 'unpaid', due_on: '2026-11-02' }),
  ];
  const views = overviewOf(records, ['apartment_search', 'income_finances'], today);
  expect(views.map(({ area }) => area)).toEqual(['apartment_search', 'income_finances', '']);
  const [home] = views;
  expect(home?.goals.map(({ id }) => id)).toEqual(['g-1']);
  const applications = home?.kinds.find(({ kind }) => kind === 'application');
  expect(applications?.open.map(({ id }) => id)).toEqual(['a-2', 'a-1']);
});
