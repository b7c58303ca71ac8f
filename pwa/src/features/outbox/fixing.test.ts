import { describe, expect, test } from 'vitest';
import type { Json, OutboxEntry } from '../../model/engine.ts';
import { fixedSet, fixInputOf, type FixableField } from './fixing.ts';

function refused(kind: string, set: Record<string, Json>): OutboxEntry {
  const faults = Object.keys(set).map((path) => [path, ['invalid']]);
  const problem = {
    code: 'value_invalid',
    fields: Object.fromEntries(faults) as Record<string, string[]>,
  };
  const ids = { id: 'c-1', save: 'c-1', record: 'r-1', case: 'k-1', at: 0 };
  return { ...ids, kind, state: 'refused', problem, set };
}

const sorts = ({ fields }: { fields: FixableField[] }) =>
  fields.map(({ part, input }) => [part, input.sort]);

const plan = {
  start: '9999-12-31T08:00:00Z',
  end: '9999-12-31T09:00:00Z',
  zone: 'Europe/Helsinki',
};

describe('a refused entry in its form', () => {
  test.each<[string, string, Json, [string | null, string][]]>([
    ['goal', 'review_on', '0026-12-01', [[null, 'day']]],
    ['visit', 'plan', plan, [[null, 'times']]],
    ['visit', 'minutes/travel', 1441, [[null, 'whole']]],
    ['visit', 'place', 'no_such_place', [[null, 'code']]],
    ['visit', 'areas', ['no_such_area'], [[null, 'codes']]],
    [
      'visit',
      'outcome',
      { code: 'gone', reason: 'x' },
      [
        ['code', 'code'],
        ['reason', 'text'],
      ],
    ],
    ['note', 'at', '0026-12-01T08:00:00Z', [[null, 'moment']]],
    [
      'case',
      'phases/1',
      { phase: 'gone', since: '0026-12-01', hours_per_month: 900 },
      [
        ['phase', 'code'],
        ['since', 'day'],
        ['hours_per_month', 'whole'],
      ],
    ],
    [
      'case',
      'service',
      { start: '2026-01-01', end: '0027-01-01' },
      [
        ['start', 'day'],
        ['end', 'day'],
      ],
    ],
    [
      'checklist',
      'ticks/home_care.waste',
      { done: true, on: '0026-12-01', by: 'p-1' },
      [
        ['on', 'day'],
        ['by', 'text'],
      ],
    ],
    ['a newer kind', 'anything', 'x', [[null, 'text']]],
    ['a newer kind', 'empty', {}, [[null, 'text']]],
  ])('[E5] of %s, %s has a field for each of its parts', (kind, path, value, fields) => {
    expect(sorts(fixInputOf(refused(kind, { [path]: value })))).toEqual(fields);
  });

  test('[E5] what was not refused has none, but for what people wrote', () => {
    const entry = {
      ...refused('visit', { note: 'Siivottiin.', plan, place: 'car' }),
      problem: { code: 'x', fields: { plan: ['invalid'] } },
    };
    expect(fixInputOf(entry).fields.map(({ path }) => path)).toEqual(['note', 'plan']);
  });

  test('[E5] only what was fixed is another value; its other parts stay', () => {
    const set = {
      plan,
      'phases/1': { phase: 'strong', since: '0026-12-01', note: 'x', of_a_newer_app: 1 },
      'minutes/travel': 1441,
    };
    const entry = refused('visit', set);
    const fixing = fixInputOf(entry);
    expect(fixedSet(set, { fields: [] })).toEqual(set);
    for (const field of fixing.fields) {
      if (field.part === 'since') field.input = { sort: 'day', day: '2026-12-01' };
      if (field.path === 'minutes/travel') field.leftOut = true;
      if (field.input.sort === 'times') {
        field.input.times = { ...field.input.times, day: '2026-12-31' };
      }
    }
    expect(fixedSet(set, fixing)).toEqual({
      plan: { start: '2026-12-31T08:00:00Z', end: '2026-12-31T09:00:00Z', zone: 'Europe/Helsinki' },
      'phases/1': { phase: 'strong', since: '2026-12-01', note: 'x', of_a_newer_app: 1 },
      'minutes/travel': null,
    });
  });
});
