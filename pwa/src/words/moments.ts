/**
 * Times and numbers as the reader's language writes them, always in Helsinki: "ti 3.12. klo 14.30". Pure: the language comes
 * in as an argument; screens use `format.*`, which knows the spoken one.
 */

import { dayOf, daysBetween, msOf, ZONE, type Day, type Instant } from '../rules/time.ts';
import type { Language } from './index.svelte.ts';

type Moment = Instant | number;

const tags: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };
/** What stands between a day and a clock time. */
const atWord: Record<Language, string> = { fi: 'klo', sv: 'kl.', en: 'at' };

/** about the years that records may hold (T1) */
const KNOWN_FROM_MS = -2.25e12;
const KNOWN_UNTIL_MS = 4.15e12;

/** A formatter is slow to make, and every row of a list asks for several: each is made once for a language. */
function once<Made>(make: (language: Language) => Made): (language: Language) => Made {
  const made = new Map<Language, Made>();
  return (language) => {
    const found = made.get(language) ?? make(language);
    made.set(language, found);
    return found;
  };
}

/** The same, of moments in Helsinki. */
function onceOf(options: (month: 'numeric' | 'short') => Intl.DateTimeFormatOptions) {
  return once((language) => {
    const month = language === 'fi' ? 'numeric' : 'short';
    return new Intl.DateTimeFormat(tags[language], { timeZone: ZONE, ...options(month) });
  });
}

const clocks = onceOf(() => ({ hour: 'numeric', minute: '2-digit' }));
const days = onceOf((month) => ({ weekday: 'short', day: 'numeric', month }));
const longDays = onceOf(() => ({ weekday: 'long', day: 'numeric', month: 'long' }));
const dates = onceOf((month) => ({ day: 'numeric', month, year: 'numeric' }));
/** a day as stored has no hour, and is the same everywhere */
const storedDays = onceOf((month) => ({ timeZone: 'UTC', day: 'numeric', month, year: 'numeric' }));
const daysAway = once(
  (language) => new Intl.RelativeTimeFormat(tags[language], { numeric: 'auto' }),
);
const numbers = once(
  (language) => new Intl.NumberFormat(tags[language], { maximumFractionDigits: 1 }),
);
const collators = once((language) => new Intl.Collator(tags[language]));

/** What is no moment of the years that we know stands as it is (T2): "0026-12-01" is no day of 2026. */
function written(format: Intl.DateTimeFormat, at: Moment): string {
  const ms = msOf(at);
  return ms >= KNOWN_FROM_MS && ms < KNOWN_UNTIL_MS ? format.format(ms) : String(at);
}

/** "14.30" */
export function clock(at: Moment, language: Language): string {
  return written(clocks(language), at);
}

/** "klo 14.30": never broken over two lines */
export function atClock(at: Moment, language: Language): string {
  return `${atWord[language]}\u00a0${clock(at, language)}`;
}

/** "14.30–15.30" */
export function span(start: Moment, end: Moment, language: Language): string {
  return `${clock(start, language)}–${clock(end, language)}`;
}

/** "ti 3.12."; of another year "3.12.2025" */
export function day(at: Moment, language: Language, now: Moment = Date.now()): string {
  const isThisYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4);
  return written((isThisYear ? days : dates)(language), at);
}

/** "tiistai 3. joulukuuta" */
export function longDay(at: Moment, language: Language): string {
  return written(longDays(language), at);
}

/** "ti 3.12. klo 14.30" */
export function dayAndClock(at: Moment, language: Language, now: Moment = Date.now()): string {
  return `${day(at, language, now)} ${atClock(at, language)}`;
}

/** "tänään", "eilen", "3 päivää sitten", and a date when it is more than four weeks away */
export function daysAgo(at: Moment, language: Language, now: Moment = Date.now()): string {
  const away = daysBetween(dayOf(now), dayOf(at));
  if (Math.abs(away) > 28 || dayOf(at) === '') return day(at, language, now);
  return daysAway(language).format(away, 'day');
}

/** "tänään klo 14.32", "eilen klo 9.05", "ti 3.12. klo 14.30" */
export function recently(at: Moment, language: Language, now: Moment = Date.now()): string {
  const away = daysBetween(dayOf(now), dayOf(at));
  if (Math.abs(away) > 1 || dayOf(at) === '') return dayAndClock(at, language, now);
  return `${daysAgo(at, language, now)} ${atClock(at, language)}`;
}

/** A calendar day as stored, "3.12.2026": the same day in every time zone. */
export function dateOf(date: Day, language: Language): string {
  return written(storedDays(language), date);
}

/** "16.–22.11.2026" */
export function dateSpan(from: Day, to: Day, language: Language): string {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (!(first <= last)) return `${dateOf(from, language)}–${dateOf(to, language)}`;
  return storedDays(language).formatRange(first, last);
}

/** Hours of minutes with at most one decimal: "7,5 h" */
export function hours(minutes: number, language: Language): string {
  return `${number(Math.round(minutes / 6) / 10, language)} h`;
}

/** "6 h 20 min", "45 min", "2 h": never broken over two lines */
export function duration(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [whole > 0 ? `${whole} h` : '', rest > 0 ? `${rest} min` : ''];
  return (parts.filter(Boolean).join(' ') || '0 min').replaceAll(' ', '\u00a0');
}

export function number(value: number, language: Language): string {
  return numbers(language).format(value);
}

/** "12 Mt" */
export function megabytes(bytes: number, language: Language): string {
  const unit = language === 'fi' ? 'Mt' : 'MB';
  return `${number(Math.max(0.1, bytes / 2 ** 20), language)} ${unit}`;
}

/** Names and words in the order of the reader's alphabet. */
export function alphabetical(language: Language): (a: string, b: string) => number {
  return collators(language).compare;
}
