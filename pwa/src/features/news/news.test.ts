import { beforeEach, expect, test } from 'vitest';
import { record } from '../../domain/cast.fixture.ts';
import type { RecordView } from '../../model/engine.ts';
import { lookedAt, newsOf } from './news.ts';

const NOW = Date.parse('2026-12-04T12:00:00Z');
const ME = 'p-aino';
let count = 0;

beforeEach(() => {
  count = 0;
});

function note(author: string, daysAgo: number, more: Partial<RecordView> = {}): RecordView {
  const at = NOW - daysAgo * 86_400_000;
  const made = record('note', `n-${(count += 1)}`, {
    text: 'Sovittiin uusi aika.',
    at: new Date(at).toISOString(),
  });
  const fields = Object.fromEntries(
    Object.entries(made.fields).map(([path, versions]) => [
      path,
      versions.map((one) => ({
        ...one,
        change: `0193b7c0-0000-7000-8000-${String(count).padStart(12, '0')}`,
        author,
        rank: `${at}-0000-a1b2c3d4e5f6`,
      })),
    ]),
  );
  return { ...made, fields, ...more };
}

const ids = (records: RecordView[]) => records.map(({ id }) => id);

test('[Q9] news is what others wrote after the last look, newest first', () => {
  const before = [note('p-liisa', 3), note(ME, 2)];
  const looked = lookedAt(before, NOW);
  const after = [...before, note('p-liisa', 1), note(ME, 0), note('p-mikko', 0.5)];
  expect(ids(newsOf(after, looked, ME, NOW))).toEqual(['n-5', 'n-3']);
  expect(newsOf(after, lookedAt(after, NOW), ME, NOW)).toEqual([]);
});

test('[Q9] what was written before the last look and arrived after it is news as well', () => {
  const looked = lookedAt([note(ME, 1)], NOW);
  expect(ids(newsOf([note('p-liisa', 2)], looked, ME, NOW))).toEqual(['n-2']);
});

test('[Q9] nobody has looked before, or it is older than two weeks: no news', () => {
  expect(newsOf([note('p-liisa', 1)], null, ME, NOW)).toEqual([]);
  expect(newsOf([note('p-liisa', 15)], [], ME, NOW)).toEqual([]);
});
