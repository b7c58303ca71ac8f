import { afterEach, expect, test } from 'vitest';
import '../kinds/declared.fixture.ts';
import { useListing } from '../kinds/listing.ts';
import type { CaseSummary } from '../model/engine.ts';
import { record } from './cast.fixture.ts';
import { agreedMinutes, contractedMinutes, contractOf } from './contract.ts';
import { listed } from './index_listing.ts';
import { asOne } from './joined_clients.ts';
import { moved, summarise } from './summary.ts';

const today = '2026-11-20';
const note = 'Sanoi olevansa valmis.';

const headerOf = (file: string, more = {}) => ({
  ...record('case', file, {
    'phases/p1': { phase: 'normal', since: '2026-01-01', note },
    ...more,
  }),
  case: file,
});
const decision = record('decision', 'd1', {
  status: 'active',
  start: '2026-11-11',
  end: '2026-12-31',
  hours_per_month: 21,
});
const exit = record('exit', 'e1', { on: '2026-11-20', next_plan: note });
const gone = record('exit', 'e2', { on: '2026-11-12', removed: { saw: [] } });

afterEach(() => {
  useListing({ by: '', of: () => [], contractOf: () => null });
});

test('[Z21] the hours of a month follow from the decision until the exit, and from no word of either', () => {
  const contract = contractOf(headerOf('c-1'), [decision, exit, gone]);
  expect(contractedMinutes(contract, '2026-11')).toBe(7 * 60);
  expect(contractedMinutes(contract, '2026-11', '2026-11-15')).toBe(3.5 * 60);
  expect(contractedMinutes(contract, '2026-12')).toBe(0);
  expect(JSON.stringify(contract)).not.toContain(note);
});

test('[Z21] minutes are not rounded before hours are: 8.25 h stay 8.25 h, and a third is kept', () => {
  const phases = {
    'phases/p1': { phase: 'strong', since: '2025-06-01' },
    'phases/p2': { phase: 'normal', since: '2025-06-11' },
  };
  const service = { service: { start: '2025-06-01', end: '2025-12-31' } };
  const contract = contractOf(headerOf('c-1', { ...phases, ...service }), []);
  expect(contractedMinutes(contract, '2025-06')).toBe(((11 * 10 + 7 * 20) * 60) / 30);
});

test('[Z21] the small index tells it, also after a decision or an exit alone, and of an older index it is made anew', () => {
  useListing(listed('kinds.json'));
  const header = headerOf('c-1');
  const before = summarise('c-1', [header, decision], today) as CaseSummary;
  expect(agreedMinutes(before, '2026-11')).toBe(14 * 60);
  expect(moved(before, [], [exit], today)).toBeNull();
  expect(moved(before, [decision], [], today)).toBeNull();
  expect(moved(before, [], [record('note', 'n', {})], today)).not.toBeNull();
  expect(
    moved({ ...before, listedBy: 'kinds.json' }, [], [record('note', 'n', {})], today),
  ).toBeNull();
});

test('[H7] the decisions and exits of both files count, by the phases of the kept one', () => {
  useListing(listed('kinds.json'));
  const kept = summarise('a', [headerOf('a')], today) as CaseSummary;
  const duplicate = headerOf('b', {
    duplicate_of: 'a',
    'phases/p2': { phase: 'light', since: '2026-02-01', hours_per_month: 1 },
  });
  const other = summarise('b', [duplicate, decision, exit], today) as CaseSummary;
  const [client] = asOne([kept, other]);
  expect(client && agreedMinutes(client, '2026-11')).toBe(7 * 60);
});
