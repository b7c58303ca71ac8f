/** The next visit: suggested on the same weekday and at the same time, in the rhythm agreed with the client. */

import { isDay, isInstant } from '../rules/dates.ts';
import type { RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { addDays, daysBetween, wallOf, type Day } from '../rules/time.ts';
import { addMinutes, instantAt, minutesBetween, weekdayOf } from './wall_clock.ts';
import type { Span } from './visits.ts';
import type { SupportPhase } from '../rules/constants.ts';

/** Where no rhythm is agreed. Light support meets when it is needed: there none counts, agreed or not (E6). */
const rhythmByPhaseDays: Record<SupportPhase, number | null> = {
  preparation: 7,
  strong: 7,
  normal: 14,
  light: null,
};

export function rhythmDaysOf(
  caseRecord: RecordView | null,
  phase: SupportPhase | null,
): number | null {
  if (phase !== null && own(rhythmByPhaseDays, phase) === null) return null;
  const agreed = caseRecord?.fields['visit_rhythm_days']?.[0]?.value;
  if (typeof agreed === 'number' && agreed > 0) return agreed;
  return phase === null ? null : (own(rhythmByPhaseDays, phase) ?? null);
}

/**
 * The first turn of the rhythm after `today` that falls on a free day. Whole weeks keep the weekday; another rhythm that
 * lands on a weekend moves to Monday unless the last visit was at a weekend too. `null` where no day that we know follows.
 */
export function suggestNext(last: Span, rhythmDays: number | null, today: Day): Span | null {
  const { day: lastDay, clock } = wallOf(last.start);
  if (rhythmDays === null || !(rhythmDays >= 1) || lastDay === '') return null;
  const rhythm = Math.round(rhythmDays);
  // Counted, not walked: the last visit may be as far away as the calendar goes.
  const turns = Math.max(1, Math.floor(daysBetween(lastDay, today) / rhythm) + 1);
  let day = addDays(lastDay, turns * rhythm);
  if (isWeekend(day) && !isWeekend(lastDay)) day = addDays(day, weekdayOf(day) === 6 ? 2 : 1);
  if (!isDay(day)) return null;
  const start = instantAt(day, clock);
  const end = addMinutes(start, minutesBetween(last.start, last.end));
  return isInstant(end) ? { start, end } : null;
}

/** Another attempt where nobody was met: at the same time of the next working day. */
export function suggestRetry(last: Span, today: Day): Span | null {
  return suggestNext(last, 1, today);
}

function isWeekend(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}
