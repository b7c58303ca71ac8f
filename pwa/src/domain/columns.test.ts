import { afterEach, expect, test } from 'vitest';
import type { About } from '../rules/conditions.ts';
import { useListing } from '../kinds/listing.ts';
import { record } from './cast.fixture.ts';
import { askedFields, derived, groupsFor, isOpen, unmetRules } from './kind_rules.ts';
import { listedAmong } from './columns.ts';
import { listed } from './index_listing.ts';
import { moved, summarise } from './summary.ts';

const today = '2026-12-03';
const rent = (id: string, status: string, month = '2026-12-01') =>
  record('rent', id, { month, status, due_on: '2026-12-02', note: 'Soitettu.' });
const header = record('case', 'c-1', { client_name: 'Matti V.' });

afterEach(() => {
  useListing({ by: '', of: () => [], contractOf: () => null });
});

test('[G5] the index keeps the columns of open records, and nothing else of them', () => {
  expect(listedAmong([header, rent('r-1', 'unpaid'), rent('r-2', 'paid')], today)).toEqual([
    {
      record: 'r-1',
      kind: 'rent',
      values: { month: '2026-12-01', due_on: '2026-12-02', status: 'unpaid' },
    },
  ]);
  const removed = record('rent', 'r-3', { status: 'unpaid', removed: { saw: [] } });
  expect(listedAmong([removed], today)).toEqual([]);
});

test('[G9] the index says of a record that it lacks what its kind asks of it alone', () => {
  const lacks = (values: Record<string, string>, kind = 'rent') =>
    listedAmong([record(kind, 'r-1', values)], today)[0]?.lacks;
  expect(lacks({ status: 'unpaid' })).toBe(true);
  expect(lacks({ month: '2026-12-01', due_on: '2026-12-02', status: 'unpaid' })).toBeUndefined();
  // Whether an agency account is there, only the file can say.
  const sublet = { stay_kind: 'sublet', start: '2026-11-01', why_last_resort: 'Muuta ei ollut' };
  expect(lacks(sublet, 'stay')).toBeUndefined();
});

test('[G5] moved on, it is what it would be made anew', () => {
  useListing(listed('one'));
  const before = summarise('c-1', [header, rent('r-1', 'unpaid')], today);
  if (before === null) throw new Error('no summary');
  const paid = moved(before, [rent('r-1', 'unpaid')], [rent('r-1', 'paid')], today);
  expect(paid?.listed).toEqual([]);
  const another = moved(before, [], [rent('r-2', 'unpaid', '2026-11-01')], today);
  expect(another?.listed?.map((one) => one.record)).toEqual(['r-1', 'r-2']);
  expect(another?.listed).toEqual(
    summarise('c-1', [header, rent('r-1', 'unpaid'), rent('r-2', 'unpaid', '2026-11-01')], today)
      ?.listed,
  );
});

test('[G5] an index that was made by other declarations is made anew', () => {
  const old = summarise('c-1', [header, rent('r-1', 'unpaid')], today);
  useListing(listed('two'));
  expect(old && moved(old, [], [rent('r-2', 'unpaid')], today)).toBeNull();
});

test('[G4] what is asked, what is warned of and what follows', () => {
  const values = { month: '2026-12-01', due_on: '2026-12-02', status: 'unpaid' };
  const names = (strength: 'asks' | 'warns', about: object) =>
    unmetRules('rent', strength, { values: {}, today, ...about }).map(({ name }) => name);
  expect(names('asks', {})).toEqual(['month', 'due_on', 'status']);
  expect(names('asks', { values })).toEqual([]);
  expect(names('warns', { values })).toEqual([]);
  expect(names('warns', { values, others: [['rent', values]] })).toEqual(['once_a_month']);
  const marks = (about: About) => derived('rent', about).map(({ name }) => name);
  expect(marks({ values, today })).toEqual(['late']);
  expect(marks({ values: { ...values, status: 'paid' }, today })).toEqual([]);
  expect(marks({ values, today: '2026-12-02' })).toEqual([]);
});

test('[G6] a stage asks for its own field, shows it, and may be the last', () => {
  const at = (status: string) => ({ values: { status }, today });
  expect([...askedFields('application', at('viewing_arranged'))]).toEqual(['viewing_at']);
  expect([...askedFields('application', at('draft'))]).toEqual([]);
  const shown = groupsFor('application', at('offer_received')).flatMap(({ fields }) => fields);
  expect(shown).toContain('answer_by');
  expect(shown).not.toContain('viewing_at');
  expect(isOpen('application', at('active'))).toBe(true);
  expect(isOpen('application', at('withdrawn'))).toBe(false);
});
