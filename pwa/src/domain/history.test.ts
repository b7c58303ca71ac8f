import { describe, expect, test } from 'vitest';
import type { HistoryEntry, Json } from '../model/engine.ts';
import { aino, liisa } from './cast.fixture.ts';
import { historyMoments } from './history.ts';

function entry(change: string, author: string, set: Record<string, Json>): HistoryEntry {
  return { change, author, set, at: 0, received: null, pending: false };
}

describe('history', () => {
  test('[L1] each change shows what it replaced, by whomever it was written', () => {
    const moments = historyMoments([
      entry('c3', aino, { title: 'Oma kaksio' }),
      entry('c2', liisa, { title: 'Oma yksiö', area: 'wellbeing' }),
      entry('c1', aino, { title: 'Yksiö' }),
    ]);
    expect(moments.map(({ entry: { change }, lines }) => [change, lines])).toEqual([
      ['c3', [{ path: 'title', before: 'Oma yksiö', after: 'Oma kaksio' }]],
      [
        'c2',
        [
          { path: 'title', before: 'Yksiö', after: 'Oma yksiö' },
          { path: 'area', before: null, after: 'wellbeing' },
        ],
      ],
      ['c1', [{ path: 'title', before: null, after: 'Yksiö' }]],
    ]);
  });

  test('[M4] saying the same again is no change of the value', () => {
    const moments = historyMoments([
      entry('c2', liisa, { plan: { end: 'b', start: 'a' } }),
      entry('c1', aino, { plan: { start: 'a', end: 'b' } }),
    ]);
    expect(moments.map(({ lines }) => lines.length)).toEqual([0, 1]);
  });
});
