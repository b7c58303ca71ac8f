/** Day and clock times as a form holds them, and the span of moments that they mean. */

import { addDays, instantAt, wallOf, ZONE, type Day } from '../domain/time.ts';
import type { Span } from '../domain/visits.ts';
import type { Json } from '../store/engine.ts';

/** Day and clock times as they are typed; `end` before `start` means that it ended after midnight. */
export interface Times {
  day: Day;
  start: string;
  end: string;
}

export function timesOf(span: Span): Times {
  return { day: wallOf(span.start).day, ...clocksOf(span) };
}

export function clocksOf(span: Span): { start: string; end: string } {
  return { start: wallOf(span.start).clock, end: wallOf(span.end).clock };
}

/** `null` where a part is missing or unreadable. */
export function spanFrom({ day, start, end }: Times): Span | null {
  if (!/^\d{4}-\d\d-\d\d$/u.test(day) || ![start, end].every(isClock)) return null;
  const endDay = end < start ? addDays(day, 1) : day;
  return { start: instantAt(day, start), end: instantAt(endDay, end) };
}

function isClock(text: string): boolean {
  return /^\d\d:\d\d$/u.test(text);
}

/** A span as it is stored, with the zone in which it was agreed. */
export function spanValue(times: Times): Json {
  const span = spanFrom(times);
  return span && { start: span.start, end: span.end, zone: ZONE };
}
