import { expect, test } from 'vitest';
import { inSegments, wantsCompacting } from './files.ts';

const records = Array.from({ length: 150 }, (_, at) => at);

test('[R4] a page of one case file is stored in segments that together hold it, in order', () => {
  const segments = inSegments(records, 7);
  expect(segments.map(([n]) => n)).toEqual([7, 8, 9]);
  expect(segments.flatMap(([, some]) => some)).toEqual(records);
  expect(inSegments([], 7)).toEqual([]);
});

test('[R4] what was just compacted is not compacted again, however large; many small segments are', () => {
  for (const count of [1, 150, 5_000]) {
    const compacted = inSegments(Array.from({ length: count }), 0).length;
    expect(wantsCompacting(compacted, count)).toBe(false);
    expect(wantsCompacting(compacted + 7, count)).toBe(true);
  }
});
