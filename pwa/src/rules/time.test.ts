import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantOf, wallOf } from './time.ts';
import { daysInMonth, instantAt, weekdayOf } from '../domain/wall_clock.ts';

describe('days and clock times in Helsinki', () => {
  test('a plan keeps its clock time over the change to winter time', () => {
    expect(instantAt('2026-10-24', '14:30')).toBe('2026-10-24T11:30:00Z');
    expect(instantAt('2026-10-26', '14:30')).toBe('2026-10-26T12:30:00Z');
  });

  test('a clock time that the spring night skips comes an hour later', () => {
    expect(wallOf(instantAt('2026-03-29', '03:30'))).toEqual({ day: '2026-03-29', clock: '04:30' });
  });

  test('of the two half past threes of the autumn night the first is taken', () => {
    expect(instantAt('2026-10-25', '03:30')).toBe('2026-10-25T00:30:00Z');
  });

  test('every moment comes back from its wall clock', () => {
    const start = Date.UTC(2024, 0, 1);
    const minutes = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const at = instantOf(start + minute * 60_000);
        const { day, clock } = wallOf(at);
        // The hour that the autumn night repeats has two moments for one clock time.
        const again = instantAt(day, clock);
        expect([0, 3_600_000]).toContain(Date.parse(at) - Date.parse(again));
        expect(wallOf(again)).toEqual({ day, clock });
      }),
    );
  });

  test('days are counted on the calendar', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-03-29', 7)).toBe('2026-04-05');
    expect(weekdayOf('2026-12-01')).toBe(2);
    expect(daysInMonth('2028-02')).toBe(29);
  });
});
