/**
 * Days and clock times where the work is done. A plan is agreed on a wall clock and stored as an instant: the two meet here,
 * over the two nights a year when the clocks move as well.
 *
 * All of it is total (T2): a record may hold any text. What is no day or moment, or lies outside the years 1 to 9999, gives an
 * empty one, and of two of which one is empty the time between is 0.
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
/** from 0001-01-01 to 9999-12-31, also on Helsinki's wall */
const firstMs = -62_135_596_800_000;
const lastMs = 253_402_289_999_000;

const hourMs = 3_600_000;
const hours = new Map<number, { day: Day; hour: string }>();
const hoursMax = 10_000;

/** The day and the clock time (`HH:MM`) of a moment. */
export function wallOf(at: Instant | number): { day: Day; clock: string } {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  if (!isKnown(ms)) return { day: '', clock: '' };
  const whole = Math.floor(ms / hourMs);
  const { day, hour } = hours.get(whole) ?? askedOf(whole);
  const minutes = Math.floor((ms - whole * hourMs) / 60_000);
  return { day, clock: `${hour}:${String(minutes).padStart(2, '0')}` };
}

function isKnown(ms: number): boolean {
  return ms >= firstMs && ms <= lastMs;
}

/** The zone is whole hours from UTC, and the calendar is slow to ask: one answer serves its hour. */
function askedOf(whole: number): { day: Day; hour: string } {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of wallClock.formatToParts(whole * hourMs)) part[type] = value;
  const { year = '', month = '', day = '', hour = '' } = part;
  const answer = { day: `${year.padStart(4, '0')}-${month}-${day}`, hour };
  if (hours.size >= hoursMax) hours.clear();
  hours.set(whole, answer);
  return answer;
}

export function dayOf(at: Instant | number): Day {
  return wallOf(at).day;
}

export function instantOf(ms: number): Instant {
  return isKnown(ms) ? `${new Date(ms).toISOString().slice(0, 19)}Z` : '';
}

/** Milliseconds since 1970 of a moment however it is held; NaN of what is none. */
export function msOf(at: Instant | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

export function addDays(day: Day, days: number): Day {
  return instantOf(Date.parse(day) + days * dayMs).slice(0, 10);
}

/** Whole days from one to another, negative backwards. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs) || 0;
}
