import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, wallOf, type Day } from '../rules/time.ts';
import { addMinutes, instantAt, minutesBetween } from './wall_clock.ts';
import { clashesWith, type Span } from './visits.ts';
import {
  clockOf,
  daysLater,
  freeTimes,
  gapsOf,
  hoursShown,
  minuteOf,
  mondayOf,
  movedTo,
  placed,
  snapped,
  totalMinutes,
  weekNumberOf,
  weekOf,
} from './week.ts';

const TUESDAY = '2026-12-01';

function visit(clock: string, minutes: number, day: Day = TUESDAY): Span {
  const start = instantAt(day, clock);
  return { start, end: addMinutes(start, minutes) };
}

const itself = (span: Span) => span;
const clocks = (spans: Span[]) => spans.map(({ start }) => wallOf(start).clock);

describe('days and weeks', () => {
  test('a week begins on Monday, for its Sunday too', () => {
    expect(mondayOf('2026-11-30')).toBe('2026-11-30');
    expect(mondayOf('2026-12-06')).toBe('2026-11-30');
  });

  test('weeks are numbered as a Finnish calendar numbers them', () => {
    expect(weekNumberOf('2026-12-01')).toBe(49);
    expect(weekNumberOf('2026-12-31')).toBe(53);
    expect(weekNumberOf('2027-01-03')).toBe(53);
    expect(weekNumberOf('2027-01-04')).toBe(1);
    expect(weekNumberOf('2024-12-30')).toBe(1);
  });

  test('a week has seven days, each with what begins on it', () => {
    const spans = [visit('09:00', 60), visit('23:30', 60), visit('09:00', 60, '2026-12-06')];
    const week = weekOf(spans, '2026-11-30', ({ start }) => start);
    expect(week.map(({ items }) => items.length)).toEqual([0, 2, 0, 0, 0, 0, 1]);
  });

  test('the weeks in which the clocks move have seven days too', () => {
    for (const monday of ['2026-03-23', '2026-10-19']) {
      const week = weekOf([], monday, () => '');
      expect(new Set(week.map(({ day }) => day)).size).toBe(7);
      expect(week.at(-1)?.day).toBe(monday === '2026-03-23' ? '2026-03-29' : '2026-10-25');
    }
  });
});

describe('places in the calendar', () => {
  const lanesOf = (...spans: Span[]) =>
    placed(spans, itself).map(({ lane, lanes }) => `${lane}/${lanes}`);

  test('one after another, each takes the whole width', () => {
    expect(lanesOf(visit('09:00', 60), visit('10:00', 60))).toEqual(['0/1', '0/1']);
  });

  test('at the same time they share it, and a third takes the lane that is free again', () => {
    expect(lanesOf(visit('09:00', 120), visit('09:30', 30), visit('10:15', 30))).toEqual([
      '0/2',
      '1/2',
      '1/2',
    ]);
  });

  test('a chain of overlaps shares one width, what comes after it does not', () => {
    expect(
      lanesOf(visit('09:00', 60), visit('09:30', 60), visit('10:15', 60), visit('13:00', 60)),
    ).toEqual(['0/2', '1/2', '0/2', '0/1']);
  });

  test('no two cover each other, whatever they are', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1425 }), fc.integer({ min: 5, max: 300 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (pairs) => {
        const spans = pairs.map(([at, length]) => visit(clockOf(at), length));
        const all = placed(spans, itself, 45);
        for (const a of all) {
          expect(a.lane).toBeLessThan(a.lanes);
          for (const b of all) {
            if (a === b || a.to <= b.from || b.to <= a.from) continue;
            expect(a.lanes).toBe(b.lanes);
            expect(a.lane).not.toBe(b.lane);
          }
        }
      }),
    );
  });

  test('a short visit is high enough to be pressed, also at the end of the day', () => {
    expect(placed([visit('09:00', 10)], itself, 45)[0]).toMatchObject({ from: 540, to: 585 });
    expect(placed([visit('23:50', 5)], itself, 45)[0]).toMatchObject({ from: 1395, to: 1440 });
  });

  test('what runs past midnight ends with its day', () => {
    expect(placed([visit('23:00', 120)], itself)[0]).toMatchObject({ from: 1380, to: 1440 });
  });

  test('in the autumn night a visit keeps its length, though the wall shows the hour twice', () => {
    const night: Span = { start: '2026-10-25T00:30:00Z', end: '2026-10-25T01:15:00Z' };
    expect(placed([night], itself)[0]).toMatchObject({ from: 210, to: 255 });
  });

  test('the working day is shown, and whatever stands outside it', () => {
    expect(hoursShown([])).toEqual({ from: 8, to: 17 });
    expect(hoursShown([visit('07:30', 30), visit('18:00', 75)])).toEqual({ from: 7, to: 20 });
  });
});

describe('time between visits', () => {
  test('is told after each but the last, and overlaps are less than nothing', () => {
    const spans = [visit('09:00', 60), visit('10:45', 60), visit('11:30', 30)];
    expect(gapsOf(spans)).toEqual([45, -15, null]);
    expect(totalMinutes(spans)).toBe(150);
  });
});

describe('moving', () => {
  test('keeps the length', () => {
    expect(movedTo(visit('09:00', 75), '2026-12-03', 14 * 60 + 15)).toEqual(
      visit('14:15', 75, '2026-12-03'),
    );
  });

  test('a week later it is the same time on the wall, over both changes of the clocks', () => {
    for (const day of ['2026-03-24', '2026-10-20']) {
      const later = daysLater(visit('14:30', 60, day), 7);
      expect(wallOf(later.start).clock).toBe('14:30');
      expect(wallOf(later.end).clock).toBe('15:30');
    }
  });

  test('into the hour that the spring night skips: an hour later, and as long', () => {
    const moved = movedTo(visit('09:00', 60), '2026-03-29', 3 * 60 + 30);
    expect(wallOf(moved.start).clock).toBe('04:30');
    expect(minutesBetween(moved.start, moved.end)).toBe(60);
  });

  test('a drag snaps to quarters of an hour and stays on the day', () => {
    expect(snapped(547, 60)).toBe(540);
    expect(snapped(548, 60)).toBe(555);
    expect(snapped(-20, 60)).toBe(0);
    expect(snapped(1439, 60)).toBe(1380);
    expect(snapped(1439, 50)).toBe(1380);
  });

  test('every minute of the wall comes back from its clock time', () => {
    for (const minute of [0, 59, 60, 615, 1439]) {
      expect(minuteOf(instantAt(TUESDAY, clockOf(minute)))).toBe(minute);
    }
  });
});

describe('free times', () => {
  const long_ago = '2026-01-01T00:00:00Z';

  test('are those nearest to the time the visit had, in the order of the day', () => {
    const free = freeTimes(visit('10:00', 60), TUESDAY, [visit('10:00', 60)], long_ago, 4);
    expect(clocks(free)).toEqual(['08:30', '09:00', '11:00', '11:30']);
  });

  test('clash with nothing, end with the working day and are not over', () => {
    const taken = [visit('08:00', 120), visit('12:15', 60)];
    const now = instantAt(TUESDAY, '10:05');
    const free = freeTimes(visit('16:00', 90), TUESDAY, taken, now, 20);
    expect(clocks(free)).toEqual(['10:30', '13:30', '14:00', '14:30', '15:00', '15:30']);
    for (const span of free) {
      expect(clashesWith(span, taken)).toEqual([]);
      expect(dayOf(span.end)).toBe(TUESDAY);
    }
  });

  test('a full day has none', () => {
    expect(freeTimes(visit('10:00', 60), TUESDAY, [visit('08:00', 540)], long_ago, 4)).toEqual([]);
  });
});
