/** The next visit: suggested on the same weekday and at the same time, in the rhythm agreed with the client. */

import type { RecordView } from '../store/engine.ts';
import {
  addDays,
  addMinutes,
  instantAt,
  minutesBetween,
  wallOf,
  weekdayOf,
  type Day,
} from './time.ts';
import type { Span } from './visits.ts';

/** Where no rhythm is agreed. Light support meets when it is needed, so nothing is suggested there. */
const rhythmByPhaseDays: Record<string, number | null> = {
  preparation: 7,
  strong: 7,
  normal: 14,
  light: null,
};

export function rhythmDaysOf(caseRecord: RecordView | null, phase: string | null): number | null {
  const agreed = caseRecord?.fields['visit_rhythm_days']?.[0]?.value;
  if (typeof agreed === 'number' && agreed > 0) return agreed;
  return phase === null ? null : (rhythmByPhaseDays[phase] ?? null);
}

/**
 * The first turn of the rhythm after `today` that falls on a free day. Whole weeks keep the weekday; another rhythm that
 * lands on a weekend moves to Monday unless the last visit was at a weekend too.
 */
export function suggestNext(last: Span, rhythmDays: number | null, today: Day): Span | null {
  if (rhythmDays === null) return null;
  const { day: lastDay, clock } = wallOf(last.start);
  let day = addDays(lastDay, rhythmDays);
  while (day <= today) day = addDays(day, rhythmDays);
  if (isWeekend(day) && !isWeekend(lastDay)) day = addDays(day, weekdayOf(day) === 6 ? 2 : 1);
  const start = instantAt(day, clock);
  return { start, end: addMinutes(start, minutesBetween(last.start, last.end)) };
}

function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}
