/**
 * Times and numbers as the reader's language writes them, always in Helsinki: "ti 3.12. klo 14.30". Pure: the language comes
 * in as an argument; screens use `say.*`, which knows the spoken one.
 */

import { dayOf, ZONE, type Day, type Instant } from '../domain/time.ts';
import type { Language } from './index.svelte.ts';

type Moment = Instant | number;

const tags: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };
/** What stands between a day and a clock time. */
const atWord: Record<Language, string> = { fi: 'klo', sv: 'kl.', en: 'at' };

/** What follows a number of whole hours that have minutes after them. */
const hourWord: Record<Language, string> = { fi: 't', sv: 'h', en: 'h' };

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

/** "14.30" */
export function clock(at: Moment, language: Language): string {
  return clocks(language).format(new Date(at));
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
  return (isThisYear ? days : dates)(language).format(new Date(at));
}

/** "tiistai 3. joulukuuta" */
export function longDay(at: Moment, language: Language): string {
  return longDays(language).format(new Date(at));
}

/** "ti 3.12. klo 14.30" */
export function dayAndClock(at: Moment, language: Language, now: Moment = Date.now()): string {
  return `${day(at, language, now)} ${atClock(at, language)}`;
}

/** "tänään", "eilen", "3 päivää sitten", and a date when it is more than four weeks away */
export function daysAgo(at: Moment, language: Language, now: Moment = Date.now()): string {
  const away = daysBetween(dayOf(now), dayOf(at));
  if (Math.abs(away) > 28) return day(at, language, now);
  return daysAway(language).format(away, 'day');
}

/** "tänään klo 14.32", "eilen klo 9.05", "ti 3.12. klo 14.30" */
export function recently(at: Moment, language: Language, now: Moment = Date.now()): string {
  const away = daysBetween(dayOf(now), dayOf(at));
  if (Math.abs(away) > 1) return dayAndClock(at, language, now);
  return `${daysAgo(at, language, now)} ${atClock(at, language)}`;
}

/** A calendar day as stored, "3.12.2026": the same day in every time zone. */
export function dateOf(date: Day, language: Language): string {
  return storedDays(language).format(Date.parse(date));
}

/** "16.–22.11.2026" */
export function dateSpan(from: Day, to: Day, language: Language): string {
  return storedDays(language).formatRange(Date.parse(from), Date.parse(to));
}

/** Hours of minutes with at most one decimal: "7,5 h" */
export function hours(minutes: number, language: Language): string {
  return `${number(Math.round(minutes / 6) / 10, language)} h`;
}

/** "6 t 20 min", "45 min", "2 t": never broken over two lines */
export function duration(minutes: number, language: Language): string {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [whole > 0 ? `${whole} ${hourWord[language]}` : '', rest > 0 ? `${rest} min` : ''];
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
export function inOrder(language: Language): (a: string, b: string) => number {
  return collators(language).compare;
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
