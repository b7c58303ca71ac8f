/**
 * Days and clock times where the work is done. A plan is agreed on a wall clock and stored as an instant: the two meet here,
 * over the two nights a year when the clocks move as well.
 */

export const ZONE = 'Europe/Helsinki';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** A moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`. */
export type Instant = string;

const wallClock = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const dayMs = 86_400_000;

const hourMs = 3_600_000;
const hours = new Map<number, { day: Day; hour: string }>();
const hoursMax = 10_000;

/** The day and the clock time (`HH:MM`) of a moment. */
export function wallOf(at: Instant | number): { day: Day; clock: string } {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const whole = Math.floor(ms / hourMs);
  const { day, hour } = hours.get(whole) ?? askedOf(whole);
  const minutes = Math.floor((ms - whole * hourMs) / 60_000);
  return { day, clock: `${hour}:${String(minutes).padStart(2, '0')}` };
}

/** The zone is whole hours from UTC, and the calendar is slow to ask: one answer serves its hour. */
function askedOf(whole: number): { day: Day; hour: string } {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of wallClock.formatToParts(whole * hourMs)) part[type] = value;
  const { year = '', month = '', day = '', hour = '' } = part;
  const answer = { day: `${year}-${month}-${day}`, hour };
  if (hours.size >= hoursMax) hours.clear();
  hours.set(whole, answer);
  return answer;
}

export function dayOf(at: Instant | number): Day {
  return wallOf(at).day;
}

export function instantOf(ms: number): Instant {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * The moment at which the wall clock shows `clock` on `day`. A clock time that the spring night skips comes an hour later;
 * of the two in the autumn night the first is taken.
 */
export function instantAt(day: Day, clock: string): Instant {
  const asUtc = Date.parse(`${day}T${clock}:00Z`);
  const before = asUtc - offsetMs(asUtc - dayMs);
  const after = asUtc - offsetMs(asUtc + dayMs);
  const shows = (ms: number) => ms + offsetMs(ms) === asUtc;
  const earlier = Math.min(before, after);
  if (shows(earlier)) return instantOf(earlier);
  return instantOf(Math.max(before, after));
}

function offsetMs(ms: number): number {
  const { day, clock } = wallOf(ms);
  return Date.parse(`${day}T${clock}:00Z`) - Math.floor(ms / 60_000) * 60_000;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
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

export function daysOf(month: string): Day[] {
  return Array.from({ length: daysInMonth(month) }, (_, index) => addDays(`${month}-01`, index));
}

/** Whole minutes from one moment to another. */
export function minutesBetween(start: Instant, end: Instant): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return instantOf(Date.parse(at) + minutes * 60_000);
}
