/** A signature as it is drawn, and as it is kept: the path of a drawing 1000 wide and 400 high (Y6). Pure. */

import { DRAWING_CHARS_MAX } from '../../rules/constants.ts';

interface Point {
  x: number;
  y: number;
}

const WIDTH = 1000;
const HEIGHT = 400;
/** of the drawing's width: points nearer than this to the one before say nothing more */
const APART_MIN = 4;
const APART_MAX = 64;

/** `width`: of what it was drawn on. Points are left out until it fits; null where it never does. */
export function pathOf(strokes: readonly (readonly Point[])[], width: number): string | null {
  const scaled = strokes.map((points) => points.map(({ x, y }) => placed(x, y, WIDTH / width)));
  for (let apart = APART_MIN; apart <= APART_MAX; apart *= 2) {
    const path = scaled.map((points) => strokeOf(points, apart)).join('');
    if (path.length <= DRAWING_CHARS_MAX) return path;
  }
  return null;
}

function placed(x: number, y: number, scale: number): Point {
  const within = (value: number, size: number) =>
    Math.min(size - 1, Math.max(0, Math.round(value * scale)));
  return { x: within(x, WIDTH), y: within(y, HEIGHT) };
}

/** The first point and the last stay: a dot is a stroke from itself to itself. */
function strokeOf(points: readonly Point[], apart: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const kept = [first];
  for (const point of points) {
    const before = kept.at(-1) ?? first;
    if (Math.hypot(point.x - before.x, point.y - before.y) >= apart) kept.push(point);
  }
  if (kept.length === 1 || kept.at(-1) !== last) kept.push(last);
  return `M${kept.map(({ x, y }) => `${x} ${y}`).join(' ')}`;
}
