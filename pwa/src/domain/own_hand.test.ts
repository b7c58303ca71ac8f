import { expect, test } from 'vitest';
import type { Json, RecordView } from '../model/engine.ts';
import { ownHandOf, sawOf, takesAnswer } from './own_hand.ts';

const version = (change: string, value: Json) => ({
  change,
  rank: '1764755100000-0000-a1b2c3d4e5f6',
  author: 'aino',
  value,
});

function plan(fields: Record<string, [string, Json]>): RecordView {
  const all = Object.entries(fields).map(([path, [change, value]]) => [
    path,
    [version(change, value)],
  ]);
  return {
    id: 'p',
    kind: 'plan',
    case: 'c',
    fields: Object.fromEntries(all) as RecordView['fields'],
    pending: [],
  };
}

test('[Y6] an answer is to what was shown: what is changed later was not signed', () => {
  const shown: Record<string, [string, Json]> = {
    client_part: ['1', 'Maksan vuokran.'],
    'services/a': ['2', { who: 'Talo' }],
  };
  const before = plan({ ...shown, situation: ['3', 'Nyt'] });
  expect(sawOf(before)).toEqual(['1', '2']);
  const answer = {
    agrees: 'partly',
    words: 'Ei tiistaisin.',
    strokes: 'M1 2 3 4',
    saw: ['1', '2'],
  };
  const answered = (more: Record<string, [string, Json]>) =>
    ownHandOf(plan({ ...shown, own_hand: ['4', answer], ...more }));
  expect(answered({})).toEqual({
    agrees: 'partly',
    words: 'Ei tiistaisin.',
    name: null,
    strokes: 'M1 2 3 4',
    on: null,
    isOutdated: false,
  });
  expect(answered({ situation: ['5', 'Toinen'] })?.isOutdated).toBe(false);
  expect(answered({ client_part: ['5', 'Muutan.'] })?.isOutdated).toBe(true);
  expect(answered({ 'services/a': ['5', null] })?.isOutdated).toBe(true);
  expect(answered({ 'services/b': ['5', { who: 'Uusi' }] })?.isOutdated).toBe(true);
});

test('[Y6] a plan and an agreement are answered to; nothing is said of what nobody answered', () => {
  expect(['plan', 'agreement', 'visit', 'constructor'].map(takesAnswer)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(ownHandOf(plan({ client_part: ['1', 'Maksan vuokran.'] }))).toBeNull();
});
