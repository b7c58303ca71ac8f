import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../rules/time.ts';
import type { Span } from '../domain/visits.ts';
import { isInstant } from '../rules/dates.ts';
import { spanFrom, spanValue, timesFault, timesOf, twice, type Times } from './times.ts';

const FIRST_MS = Date.UTC(1922, 0);
const LAST_MS = Date.UTC(2100, 11, 28);

/** Moments of every second, and many of the nights in which the clocks move. */
const moment = fc.oneof(
  fc.integer({ min: FIRST_MS / 1000, max: LAST_MS / 1000 }).map((s) => s * 1000),
  fc
    .tuple(
      fc.constantFrom('2026-10-25', '2025-10-26', '2027-10-31', '2026-03-29'),
      fc.nat(5 * 3600),
    )
    .map(([day, seconds]) => Date.parse(`${day}T22:00:00Z`) - 24 * 3_600_000 + seconds * 1000),
);
const span = fc
  .tuple(moment, fc.integer({ min: 1, max: 86_400 }))
  .map(([start, s]): Span => ({ start: instantOf(start), end: instantOf(start + s * 1000) }));

const autumn = (start: string, end: string, more: Partial<Times> = {}): Times => ({
  day: '2026-10-25',
  start,
  end,
  ...more,
});

describe('times in a form', () => {
  test('[E1] what is left alone means the very same moments, to the second', () => {
    fc.assert(
      fc.property(span, (given) => {
        expect(spanFrom(timesOf(given))).toEqual(given);
        const stored = { ...given, zone: 'Europe/Helsinki', of_a_newer_app: 1 };
        expect(spanValue(timesOf(given), stored)).toEqual(stored);
      }),
      { numRuns: 500 },
    );
  });

  test('[E1] of an end that is changed the other stays that moment', () => {
    fc.assert(
      fc.property(span, fc.nat(23), (given, hour) => {
        const times = { ...timesOf(given), end: `${String(hour).padStart(2, '0')}:07` };
        const changed = spanFrom(times);
        if (changed !== null) expect(changed.start).toBe(given.start);
      }),
    );
  });

  test('[T3] every minute of the autumn night can be named, as a start and as an end', () => {
    const minute = fc.nat(5 * 60).map((m) => Date.parse('2026-10-24T22:00:00Z') + m * 60_000);
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 200 }), (start, length) => {
        const wanted = { start: instantOf(start), end: instantOf(start + length * 60_000) };
        const typed = timesOf(wanted);
        delete typed.of;
        expect(spanFrom(typed)).toEqual(wanted);
      }),
    );
  });

  test('[T3] of a clock time that is shown twice the first is meant, unless the second is chosen', () => {
    expect(spanFrom(autumn('02:30', '03:30'))?.end).toBe('2026-10-25T00:30:00Z');
    expect(spanFrom(autumn('02:30', '03:30', { endLater: true }))?.end).toBe(
      '2026-10-25T01:30:00Z',
    );
    expect(twice(autumn('02:30', '03:30'))).toEqual({ start: false, end: true });
    expect(twice(autumn('03:10', '04:10'))).toEqual({ start: true, end: false });
    expect(twice(autumn('14:10', '15:10'))).toEqual({ start: false, end: false });
    // From a quarter to the second three o'clock to a quarter past it: half an hour, not a day.
    expect(spanFrom(autumn('03:45', '03:15'))).toEqual({
      start: '2026-10-25T00:45:00Z',
      end: '2026-10-25T01:15:00Z',
    });
  });

  test('[T3] what the spring night skips is told, and moves nothing', () => {
    const spring = (start: string, end: string): Times => ({ day: '2026-03-29', start, end });
    expect(timesFault(spring('03:30', '04:30'))).toBe('skipped');
    expect(timesFault(spring('02:30', '03:30'))).toBe('skipped');
    expect(timesFault({ day: '2026-03-28', start: '23:30', end: '03:30' })).toBe('skipped');
    expect(timesFault(spring('02:30', '04:00'))).toBeNull();
  });

  test.each([
    ['', '10:00', '11:00', 'missing'],
    ['2026-12-01', '', '11:00', 'missing'],
    ['2026-12-01', '10:00', '24:00', 'missing'],
    ['0026-12-01', '10:00', '11:00', 'years'],
    ['9999-12-31', '23:00', '01:00', 'years'],
    ['20226-12-01', '10:00', '11:00', 'years'],
    ['2100-12-31', '23:00', '23:30', null],
    ['2100-12-31', '23:30', '05:00', 'years'],
    ['1900-01-02', '10:00', '11:00', null],
    ['2026-12-01', '10:00', '10:00', 'noTime'],
    ['2026-12-01', '23:30', '00:15', null],
  ])('[T1] %s %s–%s: %s', (day, start, end, fault) => {
    expect(timesFault({ day, start, end })).toBe(fault);
  });

  test('[T2] whatever was typed or stored, nothing throws, and what comes of it can be stored', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.constantFrom('0026-12-01', '9999-12-31', '2026-03-29'),
    );
    const clock = fc.oneof(fc.string(), fc.constantFrom('03:30', '3:30', '99:99', ''));
    const of = fc.option(fc.record({ start: anything, end: anything }), { nil: undefined });
    fc.assert(
      fc.property(anything, clock, clock, of, (day, start, end, stored) => {
        const times: Times = { day, start, end, ...(stored ? { of: stored } : {}) };
        twice(times);
        const read = spanFrom(times);
        expect(read === null || (isInstant(read.start) && isInstant(read.end))).toBe(true);
        if (stored) timesOf(stored);
      }),
      { numRuns: 500 },
    );
  });
});
