import { expect, test } from 'vitest';
import declared from '../../../../server/kinds/kinds.json' with { type: 'json' };
import { DRAWING_CHARS_MAX } from '../../rules/constants.ts';
import { pathOf } from './strokes.ts';

/** What the server takes (`STROKES_PATTERN`). */
const TAKEN = /^(?:M\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})+)+$/u;

const line = (from: number, to: number, y = 50) =>
  Array.from({ length: to - from }, (_, at) => ({ x: from + at, y }));

test('[Y6] strokes are kept as a drawing of one size, with what says nothing left out', () => {
  expect(
    pathOf(
      [
        [
          { x: 10, y: 20 },
          { x: 50, y: 40 },
        ],
      ],
      500,
    ),
  ).toBe('M20 40 100 80');
  expect(pathOf([[{ x: 10, y: 20 }]], 500)).toBe('M20 40 20 40');
  expect(pathOf([line(0, 5), [{ x: 7, y: 8 }]], 1000)).toBe('M0 50 4 50M7 8 7 8');
  expect(
    pathOf(
      [
        [
          { x: -20, y: 900 },
          { x: 2000, y: -3 },
        ],
      ],
      1000,
    ),
  ).toBe('M0 399 999 0');
  expect(pathOf([], 500)).toBe('');
});

test('[Y6] a long signature is drawn with fewer points until it fits; a scrawl that never does is told', () => {
  const limit = declared.kinds.plan.fields.own_hand.parts.strokes.max;
  expect(limit).toBe(DRAWING_CHARS_MAX);
  const scribble = Array.from({ length: 60 }, (_, row) => line(0, 300, row * 2));
  const path = pathOf(scribble, 300) ?? '';
  expect(path.length).toBeGreaterThan(DRAWING_CHARS_MAX / 4);
  expect(path.length).toBeLessThanOrEqual(DRAWING_CHARS_MAX);
  expect(path).toMatch(TAKEN);
  const dots = Array.from({ length: 1000 }, (_, at) => [{ x: at % 300, y: at % 100 }]);
  expect(pathOf(dots, 300)).toBeNull();
});
