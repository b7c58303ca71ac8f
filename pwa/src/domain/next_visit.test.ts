import { describe, expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { rhythmDaysOf, suggestNext, suggestRetry } from './next_visit.ts';
import { wallOf } from '../rules/time.ts';
import { instantAt } from './wall_clock.ts';
import { clashesWith } from './visits.ts';

/** Tuesday 1.12.2026, 14.30–15.40 */
const last = { start: instantAt('2026-12-01', '14:30'), end: instantAt('2026-12-01', '15:40') };

describe('the suggested next visit', () => {
  test('[U20] same weekday, same time and same length, a week on', () => {
    expect(suggestNext(last, 7, '2026-12-01')).toEqual({
      start: instantAt('2026-12-08', '14:30'),
      end: instantAt('2026-12-08', '15:40'),
    });
  });

  test('keeps the clock time over the change to summer time', () => {
    const march = {
      start: instantAt('2026-03-24', '09:00'),
      end: instantAt('2026-03-24', '10:00'),
    };
    expect(wallOf(suggestNext(march, 7, '2026-03-24')?.start ?? 0)).toEqual({
      day: '2026-03-31',
      clock: '09:00',
    });
  });

  test('a visit that is logged late is followed by one that is still to come', () => {
    expect(wallOf(suggestNext(last, 7, '2026-12-15')?.start ?? 0).day).toBe('2026-12-22');
  });

  test('a rhythm that lands on a weekend moves to Monday', () => {
    expect(wallOf(suggestNext(last, 4, '2026-12-01')?.start ?? 0).day).toBe('2026-12-07');
  });

  test('another attempt is on the next working day at the same time', () => {
    const day = (today: string) => wallOf(suggestRetry(last, today)?.start ?? 0);
    expect(day('2026-12-01')).toEqual({ day: '2026-12-02', clock: wallOf(last.start).clock });
    expect(day('2026-12-04').day).toBe('2026-12-07');
  });

  test('without a rhythm nothing is suggested', () => {
    expect(suggestNext(last, null, '2026-12-01')).toBeNull();
  });

  test('the agreed rhythm comes before the phase’s, and light support has none', () => {
    const agreed = record('case', 'c', { visit_rhythm_days: 3 });
    const silent = record('case', 'c', {});
    expect(rhythmDaysOf(agreed, 'normal')).toBe(3);
    expect(rhythmDaysOf(silent, 'normal')).toBe(14);
    expect(rhythmDaysOf(silent, 'light')).toBeNull();
    expect(rhythmDaysOf(silent, null)).toBeNull();
  });
});

test('visits that only touch do not clash', () => {
  const after = { start: last.end, end: instantAt('2026-12-01', '16:00') };
  const over = { start: instantAt('2026-12-01', '15:00'), end: instantAt('2026-12-01', '15:10') };
  expect(clashesWith(last, [after, over])).toEqual([over]);
});
