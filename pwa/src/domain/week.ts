/**
 * A week of visits as arithmetic: days, places in a calendar, time between visits, free times, and where a moved visit ends up.
 * Places are minutes of the wall clock in Helsinki, so that a visit stands at the hour it was agreed for in every week of the
 * year; what is moved keeps its length in real minutes.
 */

import { addDays, dayOf, daysBetween, wallOf, type Day, type Instant } from '../rules/time.ts';
import { addMinutes, instantAt, minutesBetween, weekdayOf } from './wall_clock.ts';
import { clashesWith, type Span } from './visits.ts';

const DAY_MINUTES = 24 * 60;
/** what a dragged visit snaps to */
const STEP_MINUTES = 15;
/** what free times are offered at */
const OFFER_STEP_MINUTES = 30;
const WORK_BEGINS_MINUTE = 8 * 60;
const WORK_ENDS_MINUTE = 17 * 60;

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/** The number of a day's week as calendars in Finland count it (ISO 8601): the week of the year's first Thursday is 1. */
export function weekNumberOf(day: Day): number {
  const thursday = addDays(mondayOf(day), 3);
  const first = mondayOf(`${thursday.slice(0, 4)}-01-04`);
  return 1 + Math.round(daysBetween(first, mondayOf(day)) / 7);
}

export interface DayOf<T> {
  day: Day;
  items: T[];
}

/** Seven days from `monday`, each with what begins on it. `startOf` names the moment. */
export function weekOf<T>(
  items: readonly T[],
  monday: Day,
  startOf: (item: T) => Instant,
): DayOf<T>[] {
  const days = Array.from({ length: 7 }, (_, index): DayOf<T> => {
    return { day: addDays(monday, index), items: [] };
  });
  const byDay = new Map(days.map(({ day, items }) => [day, items]));
  for (const item of items) byDay.get(dayOf(startOf(item)))?.push(item);
  return days;
}

/** Minutes since midnight on the wall. */
export function minuteOf(at: Instant): number {
  const [hour = 0, minute = 0] = wallOf(at).clock.split(':').map(Number);
  return hour * 60 + minute;
}

export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A visit in its day's column: from and to in minutes of the wall clock, and which of `lanes` beside each other it takes. */
interface Placed<T> {
  item: T;
  from: number;
  to: number;
  lane: number;
  lanes: number;
}

/**
 * The visits of one day, laid out so that none covers another: those that run at the same time share the width. A short one
 * takes `leastMinutes` of the height, and so of the time.
 */
export function placed<T>(
  items: readonly T[],
  spanOf: (item: T) => Span,
  leastMinutes = 0,
): Placed<T>[] {
  const all = items
    .map((item) => ({ item, ...wallSpan(spanOf(item), leastMinutes), lane: 0, lanes: 1 }))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  let together: Placed<T>[] = [];
  let until = 0;
  for (const one of all) {
    if (one.from >= until) together = [];
    const taken = new Set(together.filter(({ to }) => to > one.from).map(({ lane }) => lane));
    while (taken.has(one.lane)) one.lane += 1;
    together.push(one);
    until = Math.max(until, one.to);
    const lanes = Math.max(...together.map(({ lane }) => lane)) + 1;
    for (const other of together) other.lanes = lanes;
  }
  return all;
}

/** What runs past midnight is shown to the end of its day. */
function wallSpan({ start, end }: Span, leastMinutes: number): { from: number; to: number } {
  const from = minuteOf(start);
  const sameDay = dayOf(start) === dayOf(end);
  // In the autumn night the wall may show the end before the start.
  const wallEnd = minuteOf(end) > from ? minuteOf(end) : from + minutesBetween(start, end);
  const to = Math.max(sameDay ? wallEnd : DAY_MINUTES, from + leastMinutes);
  return { from: Math.min(from, DAY_MINUTES - leastMinutes), to: Math.min(to, DAY_MINUTES) };
}

/** The whole hours that a calendar has to show: the working day, and whatever stands outside it. */
export function hoursShown(spans: readonly Span[]): { from: number; to: number } {
  const walls = spans.map((span) => wallSpan(span, 0));
  const from = Math.min(WORK_BEGINS_MINUTE, ...walls.map((wall) => wall.from));
  const to = Math.max(WORK_ENDS_MINUTE, ...walls.map((wall) => wall.to));
  return { from: Math.floor(from / 60), to: Math.ceil(to / 60) };
}

/** Minutes from each visit's end to the next one's start: negative where they overlap, `null` after the last. In their order. */
export function gapsOf(spans: readonly Span[]): (number | null)[] {
  return spans.map(({ end }, index) => {
    const next = spans[index + 1];
    return next === undefined ? null : minutesBetween(end, next.start);
  });
}

export function totalMinutes(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + minutesBetween(start, end), 0);
}

/** The same visit on another day at another minute of the wall clock; it keeps its length. Not moved, it is the same. */
export function movedTo(span: Span, day: Day, minute: number): Span {
  if (day === dayOf(span.start) && minute === minuteOf(span.start)) return span;
  const start = instantAt(day, clockOf(minute));
  return { start, end: addMinutes(start, minutesBetween(span.start, span.end)) };
}

/** So many days later at the same clock time, over a change of the clocks too. */
export function daysLater(span: Span, days: number): Span {
  return movedTo(span, addDays(dayOf(span.start), days), minuteOf(span.start));
}

/** The nearest step at which a visit of this length still begins and, where it fits, ends on the day. */
export function snapped(minute: number, lengthMinutes: number): number {
  const step = Math.round(minute / STEP_MINUTES) * STEP_MINUTES;
  const last = Math.max(0, DAY_MINUTES - lengthMinutes);
  return Math.min(Math.max(0, step), Math.floor(last / STEP_MINUTES) * STEP_MINUTES);
}

/**
 * Times of the working day at which the visit would clash with nothing in `taken`, those nearest to its own clock time, in
 * the order of the day. Nothing before `now`.
 */
export function freeTimes(
  visit: Span,
  day: Day,
  taken: Span[],
  now: Instant,
  countMax: number,
): Span[] {
  const wanted = minuteOf(visit.start);
  const length = minutesBetween(visit.start, visit.end);
  const minutes: number[] = [];
  const lastMinute = WORK_ENDS_MINUTE - Math.max(0, length);
  for (let at = WORK_BEGINS_MINUTE; at <= lastMinute; at += OFFER_STEP_MINUTES) {
    const span = movedTo(visit, day, at);
    if (span.start > now && clashesWith(span, taken).length === 0) minutes.push(at);
  }
  return minutes
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, countMax)
    .sort((a, b) => a - b)
    .map((minute) => movedTo(visit, day, minute));
}
