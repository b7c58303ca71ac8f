import fc from 'fast-check';
import { expect, test } from 'vitest';
import catalogue from '../../../server/catalogue/catalogue.json';
import type { CaseSummary, RecordView } from '../model/engine.ts';
import { aino, liisa, record, version } from './cast.fixture.ts';
import { hoursOfPhase } from './contract.ts';
import { hourRules, moved, summarise } from './summary.ts';

const today = '2026-12-03';

const header = record('case', 'c-1', {
  client_id: 'OV-0007',
  client_name: 'Matti V.',
  own_worker: aino,
  safety: ['pair_visit'],
  'phases/p1': { phase: 'strong', since: '2026-01-01' },
  'phases/p2': { phase: 'normal', since: '2026-06-01', hours_per_month: 9 },
  'phases/p3': { phase: 'light', since: '2027-01-01' },
});

function visit(
  id: string,
  start: string,
  outcome: string | null,
  minutes: Record<string, number> = {},
) {
  const end = new Date(Date.parse(start) + 3_600_000).toISOString().replace('.000', '');
  const items = Object.entries(minutes).map(([kind, value]) => [`minutes/${kind}`, value]);
  return record('visit', id, {
    plan: { start, end },
    ...(outcome === null ? {} : { outcome: { code: outcome }, actual: { start, end } }),
    ...(Object.fromEntries(items) as Record<string, number>),
  });
}

test('the hours that the worker counts by are the catalogue’s', () => {
  const { catalogues, parameters } = catalogue;
  const delivered = catalogues.visit_outcome.filter((one) => one.counts_as_delivered);
  const counting = catalogues.time_entry_kind.filter((one) => one.counts_to_contract_default);
  expect([...hourRules.delivered]).toEqual(delivered.map(({ code }) => code));
  expect([...hourRules.counting]).toEqual(counting.map(({ code }) => code));
  expect(parameters.phase_hours_per_month).toMatchObject(hoursOfPhase);
});

test('without its case record a file has no summary yet', () => {
  expect(summarise('c-1', [visit('v1', '2026-12-03T10:00:00Z', null)], today)).toBeNull();
});

test('the phase is the one in force today', () => {
  expect(summarise('c-1', [header], today)).toMatchObject({
    clientId: 'OV-0007',
    name: 'Matti V.',
    phase: 'normal',
    ownWorker: aino,
    safety: ['pair_visit'],
    records: 1,
  });
});

test('minutes count by the month in Helsinki, of visits that took place, for the client', () => {
  const work = { client_work_direct: 60, client_work_indirect: 15, travel: 30 };
  const records = [
    header,
    visit('v1', '2026-12-01T08:00:00Z', 'done', work),
    visit('v2', '2026-12-02T08:00:00Z', 'client_absent', work),
    // In Helsinki this is already December.
    visit('v3', '2026-11-30T22:30:00Z', 'done_partly', { client_work_direct: 5 }),
    visit('v4', '2026-11-30T21:30:00Z', 'done', { client_work_direct: 7 }),
    visit('v5', '2026-10-31T12:00:00Z', 'done', { client_work_direct: 1000 }),
  ];
  const summary = summarise('c-1', records, today);
  expect(summary?.countedMinutes).toEqual({ '2026-11': 7, '2026-12': 80 });
  expect(summary?.lastContact).toBe('2026-12-01T08:00:00Z');
});

test('[F4] visits that are not logged are listed whenever they are, logged ones from two weeks back', () => {
  const records = [
    header,
    visit('logged', '2026-11-19T12:00:00Z', 'done'),
    visit('logged long ago', '2026-11-18T12:00:00Z', 'done'),
    visit('called off ahead', '2029-01-02T12:00:00Z', 'cancelled_client'),
    visit('forgotten long ago', '2024-10-03T12:00:00Z', null),
    visit('coming', '2027-02-01T12:00:00Z', null),
    visit('far away', '2031-02-02T12:00:00Z', null),
    // no moment that the calendar knows (T1): on the client's page, where it can be mended
    visit('misspelt', '9999-12-03T12:00:00Z', null),
    { ...visit('removed', '2026-12-03T12:00:00Z', null), ...removed('removed') },
  ];
  const listed = summarise('c-1', records, today)?.visits.map((one) => one.record);
  expect(listed).toEqual([
    'forgotten long ago',
    'logged',
    'coming',
    'called off ahead',
    'far away',
  ]);
});

function removed(id: string) {
  return record('visit', id, { removed: { saw: [`${id}:plan`] } });
}

test('goals that are open are counted, records with differing entries are named', () => {
  const records = [
    header,
    record('goal', 'g1', { title: 'Oma avain', status: 'in_progress' }),
    record('goal', 'g2', { title: 'Velat', status: 'reached' }),
    record('note', 'n1', { text: [version('a', 'x', aino, 2), version('b', 'y', liisa, 1)] }),
    record('note', 'n2', { text: [version('c', 'x', aino, 2), version('d', 'x', liisa, 1)] }),
  ];
  expect(summarise('c-1', records, today)).toMatchObject({ openGoals: 1, differing: ['n1'] });
});

const instants = fc
  .integer({ min: Date.UTC(2026, 7, 1), max: Date.UTC(2027, 2, 1) })
  .map((ms) => new Date(ms - (ms % 60_000)).toISOString().replace('.000', ''));
const minutes = fc.integer({ min: 0, max: 90 });
const someVisit = fc
  .record({
    start: instants,
    outcome: fc.constantFrom(null, 'done', 'client_absent'),
    direct: minutes,
    gone: fc.boolean(),
    place: fc.constantFrom('client_home', [version('a', 'x', aino, 2), version('b', 'y', liisa)]),
  })
  .map(({ start, outcome, direct, gone, place }) => (id: string): RecordView => {
    const own = visit(id, start, outcome, { client_work_direct: direct });
    const more = record('visit', id, { place, ...(gone ? { removed: { saw: [] } } : {}) });
    return { ...own, fields: { ...own.fields, ...more.fields } };
  });
const someGoal = fc
  .constantFrom('in_progress', 'reached')
  .map((status) => (id: string) => record('goal', id, { status }));
/** by record: what it was, and what it becomes; undefined where it is not there */
const turns = fc.array(
  fc.tuple(
    fc.option(fc.oneof(someVisit, someGoal), { nil: undefined }),
    fc.option(fc.oneof(someVisit, someGoal), { nil: undefined }),
    fc.boolean(),
  ),
  { maxLength: 12 },
);

test('a summary that is moved on is the summary made anew, or says that it cannot tell', () => {
  let told = 0;
  fc.assert(
    fc.property(turns, (drawn) => {
      const some = drawn.map(([was, becomes, stays], at) => {
        const before = was?.(`r${at}`);
        return { before, after: stays ? before : becomes?.(`r${at}`), stays };
      });
      const those = (side: 'before' | 'after', changed: boolean) =>
        some.filter((one) => !changed || !one.stays).flatMap((one) => one[side] ?? []);
      const before = summarise('c-1', [header, ...those('before', false)], today);
      const anew = summarise('c-1', [header, ...those('after', false)], today);
      if (!before) throw new Error('no summary');
      const after = moved(before, those('before', true), those('after', true), today);
      if (after) expect(after).toEqual(anew);
      if (after) told += 1;
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(250);
});

test('[F4] an index of before all open visits were listed is made anew', () => {
  const { listsAllOpen, ...before } = summarise('c-1', [header], today) ?? {};
  expect(listsAllOpen).toBe(true);
  expect(moved(before as CaseSummary, [], [], today)).toBeNull();
});

test('a changed case record is looked at anew', () => {
  const before = summarise('c-1', [header], today);
  if (!before) throw new Error('no summary');
  expect(moved(before, [header], [header], today)).toBeNull();
});
