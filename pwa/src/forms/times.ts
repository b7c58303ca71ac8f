/** Day and clock times as a form holds them, and the span of moments that they mean (T3, E1). */

import { isDay, isInstant } from '../rules/dates.ts';
import { addDays, dayOf, wallOf, ZONE, type Day, type Instant } from '../rules/time.ts';
import { momentsAt } from '../domain/wall_clock.ts';
import type { Span } from '../domain/visits.ts';
import type { Json } from '../model/engine.ts';
import { withParts } from './baseline.ts';

/** Day and clock times as they are typed; `end` before `start` means that it ended after midnight. */
export interface Times {
  day: Day;
  start: string;
  end: string;
  /** the later of the two moments that a clock time of the autumn night stands for */
  startLater?: boolean;
  endLater?: boolean;
  /** what they were spelled from: an end that is left alone stays that moment, to the second */
  of?: Span;
}

/** Why times name no span: a part is missing, the year is none that we know, the spring night skips it, or it takes no time. */
export type TimesFault = 'missing' | 'years' | 'skipped' | 'noTime';

export function timesOf({ start, end }: Span): Times {
  const times: Times = { day: dayOf(start), ...clocksOf({ start, end }), of: { start, end } };
  if (isLater(start)) times.startLater = true;
  if (isLater(end)) times.endLater = true;
  return times;
}

export function clocksOf(span: Span): { start: string; end: string } {
  return { start: wallOf(span.start).clock, end: wallOf(span.end).clock };
}

/** `null` where they name none. */
export function spanFrom(times: Times): Span | null {
  const read = readTimes(times);
  return typeof read === 'string' ? null : read;
}

export function timesFault(times: Times): TimesFault | null {
  const read = readTimes(times);
  return typeof read === 'string' ? read : null;
}

export function sameTimes(a: Times, b: Times): boolean {
  const isSame = (which: 'start' | 'end') => sameEnd(a, b, which);
  return isSame('start') && isSame('end');
}

/** Which ends stand at a clock time that the autumn night shows twice. */
export function twice(times: Times): { start: boolean; end: boolean } {
  const span = spanFrom(times);
  const isTwice = (at: Instant) => momentsAt(dayOf(at), wallOf(at).clock).length > 1;
  return { start: span !== null && isTwice(span.start), end: span !== null && isTwice(span.end) };
}

function readTimes(times: Times): Span | TimesFault {
  const { day, start, end } = times;
  if (!/^\d{4,}-\d\d-\d\d$/.test(day) || ![start, end].every(isClock)) return 'missing';
  if (!isDay(day)) return 'years';
  const from = startOf(times);
  if (from === null) return 'skipped';
  const to = endOf(times, from);
  if (to === null) return 'skipped';
  if (to === from) return 'noTime';
  return isInstant(from) && isInstant(to) ? { start: from, end: to } : 'years';
}

function startOf(times: Times): Instant | null {
  const spelled = times.of && timesOf(times.of);
  if (spelled && sameEnd(spelled, times, 'start')) return spelled.of?.start ?? null;
  return chosen(momentsAt(times.day, times.start), times.startLater);
}

/** The first moment from the start on that shows it, of the same day or the next. */
function endOf(times: Times, start: Instant): Instant | null {
  const { day, end, endLater, of } = times;
  const spelled = of && timesOf(of);
  if (of && spelled && sameEnd(spelled, times, 'end') && of.end > start) return of.end;
  const today = momentsAt(day, end);
  const ahead = today.filter((at) => at >= start);
  if (ahead.length > 0) return chosen(ahead, endLater);
  const isSkipped = today.length === 0 && end >= times.start;
  return isSkipped ? null : chosen(momentsAt(addDays(day, 1), end), endLater);
}

function chosen(moments: Instant[], later = false): Instant | null {
  return (later ? moments.at(-1) : moments[0]) ?? null;
}

function sameEnd(a: Times, b: Times, which: 'start' | 'end'): boolean {
  const later = `${which}Later` as const;
  return a.day === b.day && a[which] === b[which] && Boolean(a[later]) === Boolean(b[later]);
}

function isLater(at: Instant): boolean {
  const { day, clock } = wallOf(at);
  const [first = ''] = momentsAt(day, clock);
  return first !== '' && at.slice(0, 16) > first.slice(0, 16);
}

function isClock(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** A span as it is stored, with the zone in which it was agreed; `before` where it is the same. */
export function spanValue(times: Times, before: Json = null): Json {
  const span = spanFrom(times);
  return span && withParts(before, { start: span.start, end: span.end, zone: ZONE });
}
