/** When a new visit is proposed: this week first, and where nothing else is. */

import { freeTimes } from '../domain/week.ts';
import { clashesWith, type Span } from '../domain/visits.ts';
import { instantAt, addMinutes, weekdayOf } from '../domain/wall_clock.ts';
import { isDay } from '../rules/dates.ts';
import { addDays, dayOf, instantOf, type Day } from '../rules/time.ts';
import { holidayOn } from './series.ts';
import { someTimeSoon } from './small_forms.ts';
import { spanFrom, timesOf, type Times } from './times.ts';

const USUAL_MINUTES = 60;
const DAYS_LOOKED = 14;

/** The turn of the rhythm, or, where none is due, the next free hour; a time that is taken gives way to a free one beside it. */
export function timesSoon(turn: Span | null, taken: Span[], nowMs: number): Times {
  const now = instantOf(nowMs);
  if (turn !== null) {
    const [free] = freeTimes(turn, dayOf(turn.start), taken, now, 1);
    return timesOf(clashesWith(turn, taken).length > 0 ? (free ?? turn) : turn);
  }
  const soon = someTimeSoon(nowMs);
  const wanted = spanFrom(soon);
  if (wanted === null) return soon;
  const days = Array.from({ length: DAYS_LOOKED }, (_, at) => addDays(soon.day, at));
  const [first] = days.filter(isWorkingDay).flatMap((day) => freeTimes(wanted, day, taken, now, 1));
  return first ? timesOf(first) : soon;
}

/** "2026-12-01T10:00" on the wall, as a slot of the calendar says it, for an hour; null where it says no time. */
export function timesAt(slot: string | null): Times | null {
  const [, day = '', clock = ''] = /^(\S+)T((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(slot ?? '') ?? [];
  if (!isDay(day)) return null;
  const start = instantAt(day, clock);
  return timesOf({ start, end: addMinutes(start, USUAL_MINUTES) });
}

function isWorkingDay(day: Day): boolean {
  return weekdayOf(day) % 6 !== 0 && holidayOn(day) === null;
}
