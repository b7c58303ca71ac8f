import { expect, test } from 'vitest';
import type { OutboxEntry } from '../../store/engine.ts';
import { gistOf, groupsOf } from './entries.ts';

const NOON = Date.parse('2026-12-03T10:00:00Z');
const HOUR = 3_600_000;

function entry(id: string, state: OutboxEntry['state'], hours = 0): OutboxEntry {
  return {
    id,
    save: id,
    record: id,
    case: 'c',
    kind: 'visit',
    at: NOON + hours * HOUR,
    state,
    set: {},
  };
}

test('[R6] a refused entry stands apart and the others keep their place', () => {
  const groups = groupsOf([entry('a', 'waiting'), entry('b', 'refused'), entry('c', 'held')], NOON);
  expect(groups.refused.map((one) => one.id)).toEqual(['b']);
  expect(groups.held.map((one) => one.id)).toEqual(['c']);
  expect(groups.waiting.map((one) => one.id)).toEqual(['a']);
});

test('the newest comes first', () => {
  const groups = groupsOf([entry('old', 'waiting', -2), entry('new', 'waiting', -1)], NOON);
  expect(groups.waiting.map((one) => one.id)).toEqual(['new', 'old']);
});

test('sent today is today in Helsinki', () => {
  const groups = groupsOf([entry('night', 'sent', -11), entry('eve', 'sent', -13)], NOON);
  expect(groups.sentToday.map((one) => one.id)).toEqual(['night']);
});

test('the gist is the longest text somebody wrote', () => {
  const set = { note: 'Siivottiin yhdessä.', outcome: { code: 'done' }, title: 'Koti' };
  expect(gistOf(set)).toBe('Siivottiin yhdessä.');
});
