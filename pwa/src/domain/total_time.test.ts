import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDay, isInstant } from '../rules/dates.ts';
import * as moments from '../words/moments.ts';
import { record } from './cast.fixture.ts';
import { suggestNext } from './next_visit.ts';
import { monthOf } from './wall_clock.ts';
import * as plain from '../rules/time.ts';
import * as clocks from './wall_clock.ts';
import { plannedVisits } from './visits.ts';
import * as week from './week.ts';

const time = { ...plain, ...clocks };

/** What stands in records: moments of every year there is, what browsers hand on of half a date, and plain text. */
const written = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace(/\.\d+/, '')),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
    .map(([year, rest]) => `${String(year).padStart(4, '0')}-${String(rest).padStart(2, '0')}-31`),
  fc.constantFrom(
    '', '0026-12-01', '9999-12-31', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '+010000-01-01', '-000001-12-31T00:00:00Z',
    '2026-03-29', '2026-02-31', 'soon',
  ), // prettier-ignore
  fc.string(),
);
const clock = fc.oneof(
  fc
    .tuple(fc.nat(24), fc.nat(60))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  fc.constantFrom('', '3', '99:99'),
  fc.string(),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, 8.64e15 + 1));

describe('arithmetic of days and moments is total', () => {
  test('[T2] of whatever stands in a record nothing throws', () => {
    fc.assert(
      fc.property(written, written, clock, number, (a, b, at, count) => {
        for (const text of [a, b]) {
          time.wallOf(text);
          expect(time.dayOf(text)).toMatch(/^$|^\d{4}-\d\d-\d\d$/);
          time.weekdayOf(text);
          monthOf(text);
          time.daysInMonth(text.slice(0, 7));
          time.addDays(text, count);
          time.addMinutes(text, count);
          time.instantAt(text, at);
          time.momentsAt(text, at);
          time.wallOf(count);
          time.instantOf(count);
          week.mondayOf(text);
          week.weekNumberOf(text);
          week.minuteOf(text);
        }
        expect(Number.isFinite(time.minutesBetween(a, b))).toBe(true);
        week.hoursShown([{ start: a, end: b }]);
        week.gapsOf([
          { start: a, end: b },
          { start: b, end: a },
        ]);
        week.placed(
          [
            { start: a, end: b },
            { start: b, end: a },
          ],
          (span) => span,
          40,
        );
        week.movedTo({ start: a, end: b }, a, count);
        week.daysLater({ start: a, end: b }, count);
        week.freeTimes({ start: a, end: b }, a, [{ start: b, end: a }], b, 6);
      }),
      { numRuns: 500 },
    );
  });

  test('[T2] and everything of it can be read', () => {
    fc.assert(
      fc.property(
        fc.oneof(written, number),
        written,
        fc.constantFrom('fi', 'sv', 'en'),
        (at, other, language) => {
          const said = [
          moments.clock(at, language), moments.atClock(at, language), moments.span(at, other, language),
          moments.day(at, language), moments.longDay(at, language), moments.dayAndClock(at, language),
          moments.daysAgo(at, language), moments.recently(at, language), moments.dateOf(other, language),
          moments.dateSpan(other, String(at), language),
        ]; // prettier-ignore
          expect(said.every((text) => typeof text === 'string')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[T2] what cannot be read as a moment stands as it is', () => {
    expect(moments.dayAndClock('soon', 'fi')).toContain('soon');
    expect(moments.dateOf('31.12.', 'fi')).toBe('31.12.');
    expect(moments.recently('soon', 'fi')).not.toContain('tänään');
    expect(moments.daysAgo('', 'fi')).toBe('');
    expect(moments.dateOf('0026-12-01', 'fi')).toBe('0026-12-01');
  });

  test('[T2] what is computed is a day that we know, or none', () => {
    fc.assert(
      fc.property(
        written,
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        (text, count) => {
          const day = time.addDays(text, count);
          expect(day === '' || /^\d{4}-\d\d-\d\d$/.test(day)).toBe(true);
          const at = time.addMinutes(text, count);
          expect(at === '' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at)).toBe(true);
        },
      ),
    );
  });

  test('[T2] no date keeps anybody waiting: the next visit is found at once, or none is', () => {
    const days = fc.oneof(fc.constantFrom(1, 7, 14, 365, 0, -7, 0.001, NaN), fc.integer());
    fc.assert(
      fc.property(
        written,
        written,
        days,
        fc.constantFrom('2026-12-01', '2099-12-30'),
        (start, end, rhythm, today) => {
          const next = suggestNext({ start, end }, rhythm, today);
          expect(next === null || (isInstant(next.start) && time.dayOf(next.start) > today)).toBe(
            true,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('[T2] a visit in 9999 is followed by none, one in 26 by the first of its rhythm', () => {
    const span = (start: string, end: string) => ({ start, end });
    expect(
      suggestNext(span('9999-12-31T08:00:00Z', '9999-12-31T09:00:00Z'), 7, '2026-12-01'),
    ).toBeNull();
    const old = suggestNext(span('0026-12-01T08:00:00Z', '0026-12-01T09:00:00Z'), 7, '2026-12-01');
    expect(old && isDay(time.dayOf(old.start))).toBe(true);
  });

  test('[T2] a plan without a readable end is still found', () => {
    const visit = record('visit', 'v-1', {
      plan: { start: '9999-12-31T08:00:00Z', end: '9999-12-31T09:00:00Z' },
    });
    expect(plannedVisits([visit], '2026-12-01T00:00:00Z')).toHaveLength(1);
  });
});

describe('every moment has a name', () => {
  test('[T3] a clock time stands for one moment, for two in the autumn night, for none in the spring night', () => {
    expect(time.momentsAt('2026-12-01', '03:30')).toEqual(['2026-12-01T01:30:00Z']);
    expect(time.momentsAt('2026-10-25', '03:30')).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
    ]);
    expect(time.momentsAt('2026-03-29', '03:30')).toEqual([]);
    expect(time.momentsAt('2026-03-29', '04:00')).toEqual(['2026-03-29T01:00:00Z']);
    expect(time.momentsAt('', '03:30')).toEqual([]);
    expect(time.momentsAt('2026-12-01', '24:00')).toEqual([]);
  });

  test('[T3] each is among those that its clock time stands for', () => {
    const minutes = fc.integer({
      min: Date.UTC(1922, 0) / 60_000,
      max: Date.UTC(2100, 11) / 60_000,
    });
    fc.assert(
      fc.property(minutes, (minute) => {
        const at = time.instantOf(minute * 60_000);
        const wall = time.wallOf(at);
        expect(time.momentsAt(wall.day, wall.clock)).toContain(at);
      }),
      { numRuns: 2000 },
    );
  });
});
