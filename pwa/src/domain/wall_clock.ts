/**
 * From a wall clock to moments and on through the calendar: what `time.ts` reads the other way round. Total as that is (T2); a file
 * of its own, since Tänään is painted without it.
 */

import { instantOf, wallOf, type Day, type Instant } from '../rules/time.ts';

const dayMs = 86_400_000;

/** The moments at which the wall clock shows `clock` on `day`: two in the autumn night, none in the spring night (T3). */
export function momentsAt(day: Day, clock: string): Instant[] {
  const { asUtc, around } = around24(day, clock);
  const shown = around.filter((ms) => ms + offsetMs(ms) === asUtc);
  return [...new Set(shown)].map(instantOf);
}

/** The first of these moments; of a clock time that the spring night skips the moment an hour later. */
export function instantAt(day: Day, clock: string): Instant {
  return momentsAt(day, clock)[0] ?? instantOf(Math.max(...around24(day, clock).around));
}

/** A clock time read with the offset of the day before and with that of the day after. */
function around24(day: Day, clock: string): { asUtc: number; around: number[] } {
  const asUtc = /^\d\d:\d\d$/.test(clock) && clock < '24' ? Date.parse(`${day}T${clock}:00Z`) : NaN;
  const around = [-dayMs, dayMs].map((away) => asUtc - offsetMs(asUtc + away));
  return { asUtc, around: around.sort((a, b) => a - b) };
}

function offsetMs(ms: number): number {
  const { day, clock } = wallOf(ms);
  return Date.parse(`${day}T${clock}:00Z`) - Math.floor(ms / 60_000) * 60_000;
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay();
}

/** `YYYY-MM` */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

export function daysInMonth(month: string): number {
  const [year = '', number = ''] = month.split('-');
  return new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
}

/** Whole minutes from one moment to another. */
export function minutesBetween(start: Instant, end: Instant): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000) || 0;
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return instantOf(Date.parse(at) + minutes * 60_000);
}
