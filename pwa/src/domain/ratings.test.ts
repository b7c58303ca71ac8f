import { expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { pointOf, ratingsOf, wheelOf } from './ratings.ts';

const rating = (id: string, by: string, on: string, value: string, sheet = 'areas') =>
  record('rating', id, { sheet, by, on, 'values/home_care': value, 'values/sobriety': null });

test('[B3] the latest of each side stands beside the others, and the change is counted from the first', () => {
  const ratings = ratingsOf(
    [
      rating('r-4', 'worker', '2026-09-01', 'alone'),
      rating('r-1', 'client', '2026-03-01', 'cannot'),
      rating('r-3', 'client', '2026-09-01', 'some_help'),
      rating('r-2', 'client', '2026-06-01', 'much_help'),
      rating('r-5', 'client', '2026-10-01', 'alone', 'skills'),
      record('rating', 'r-6', { sheet: 'areas', by: 'client', on: '2026-11-01' }),
    ],
    'areas',
  );
  expect(ratings.map(({ on }) => on)).toEqual(['2026-03-01', '2026-06-01', '2026-09-01', '2026-09-01']);
  const { first, latest } = wheelOf(ratings);
  expect(first).toMatchObject({ by: 'client', on: '2026-03-01' });
  expect(latest.map(({ by, on, values }) => [by, on, values.get('home_care')])).toEqual([
    ['client', '2026-09-01', 'some_help'],
    ['worker', '2026-09-01', 'alone'],
  ]);
  expect(latest[0]?.values.has('sobriety')).toBe(false);
}); // prettier-ignore

test('[B3] a single rating has nothing to be counted from', () => {
  const one = ratingsOf([rating('r-1', 'worker', '2026-03-01', 'cannot')], 'areas');
  expect(wheelOf(one).first).toBeNull();
  expect(wheelOf([])).toEqual({ first: null, latest: [] });
});

test('[B3] the first spoke points upwards, the others follow clockwise', () => {
  expect(pointOf(0, 4, 1, 100)).toEqual([0, -100]);
  expect(pointOf(1, 4, 0.5, 100)).toEqual([50, 0]);
  expect(pointOf(2, 4, 1, 100)).toEqual([0, 100]);
});
