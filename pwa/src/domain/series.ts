/**
 * A series of visits: which ones it is made of (T5), which later ones follow when one of it is moved or called off (T6), and
 * where to (T7). Twin of `server/rules/series.py`; `tests/vectors/series.json` binds the two.
 */

import { isDay } from '../rules/dates.ts';
import { addDays, dayOf, daysBetween, type Day, type Instant } from '../rules/time.ts';
import type { Span } from './visits.ts';
import { daysLater, minuteOf, movedTo } from './week.ts';

/** every week, or every second one */
const WEEKS = new Set([1, 2]);

/** How many visits there are from the first day on, until a day; none where that says nothing. */
export function seriesCount(first: Day, weeks: number, until: Day): number {
  if (!isDay(first) || !isDay(until) || until < first || !WEEKS.has(weeks)) return 0;
  return Math.floor(daysBetween(first, until) / (7 * weeks)) + 1;
}

/** All of them, `most` at most: at the same time on the wall, over both changes of the clocks. */
export function seriesSpans(first: Span, weeks: number, until: Day, most: number): Span[] {
  const count = Math.min(seriesCount(dayOf(first.start), weeks, until), most);
  return Array.from({ length: count }, (_, at) => daysLater(first, at * 7 * weeks));
}

/** A visit of a series as it stands. */
export interface InSeries {
  record: string;
  /** which of the series it is */
  number: number;
  /** when the series has it */
  agreed: Span;
  /** when it is planned; null where that differs, or is missing */
  plan: Span | null;
  logged: boolean;
}

/**
 * What becomes of the visits after `number`: those that stand where the series has them `follow`, those that somebody moved
 * `stay`. What is logged, or has begun, is neither.
 */
export function followers(
  visits: InSeries[],
  number: number,
  now: Instant,
): { follow: string[]; stay: string[] } {
  const later = visits
    .filter((one) => one.number > number && !one.logged && (one.plan ?? one.agreed).start > now)
    .sort((a, b) => a.number - b.number);
  const isWhereAgreed = ({ plan, agreed }: InSeries) =>
    plan !== null && plan.start === agreed.start && plan.end === agreed.end;
  return {
    follow: later.filter(isWhereAgreed).map(({ record }) => record),
    stay: later.filter((one) => !isWhereAgreed(one)).map(({ record }) => record),
  };
}

/** Where a later visit goes when the one that the series had at `was` goes to `to`: as many days on, at its clock time. */
export function shifted(agreed: Span, was: Span, to: Span): Span {
  const day = addDays(dayOf(agreed.start), daysBetween(dayOf(was.start), dayOf(to.start)));
  return movedTo(to, day, minuteOf(to.start));
}
