/** What planning a visit again and again writes, and what moving or calling off "this and the later ones" does (T5–T7). */

import {
  asParts,
  differingValues,
  partsOf,
  partText,
  shownIdsAt,
  shownValue,
} from '../domain/records.ts';
import { followers, seriesCount, seriesSpans, shifted, type InSeries } from '../domain/series.ts';
import { spanOf, visitsOf, type Span } from '../domain/visits.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { SERIES_VISITS_MAX } from '../rules/constants.ts';
import { isDay } from '../rules/dates.ts';
import { publicHolidays, type Holiday } from '../rules/free_days.ts';
import { own } from '../rules/own.ts';
import { addDays, dayOf, type Day, type Instant } from '../rules/time.ts';
import { baselineOf, editOf } from './baseline.ts';
import { planEdit, type PlanInput, type Repeat } from './small_forms.ts';
import type { FormBaseline } from './baseline.ts';
import { spanFrom, spanValue, timesOf } from './times.ts';

export const once: Repeat = { weeks: 0, until: '', left: [], kept: [] };

/** One visit of a series that is being planned. */
export interface Turn {
  day: Day;
  span: Span;
  holiday: Holiday | null;
  isLeft: boolean;
}

export function turnsOf({ weeks, until, left, kept }: Repeat, first: Span | null): Turn[] {
  if (first === null) return [];
  return seriesSpans(first, weeks, until, SERIES_VISITS_MAX).map((span) => {
    const day = dayOf(span.start);
    const holiday = holidayOn(day);
    const isLeft = left.includes(day) || (holiday !== null && !kept.includes(day));
    return { day, span, holiday, isLeft };
  });
}

export function holidayOn(day: Day): Holiday | null {
  return own(publicHolidays(Number(day.slice(0, 4))), day) ?? null;
}

/** The last day on which a series that begins then may end. */
export function lastDayOf(first: Day, weeks: number): Day {
  return addDays(first, (SERIES_VISITS_MAX - 1) * 7 * weeks);
}

/** As long as the service, where its end is known, else three months; never longer than a series may be. */
export function usualEnd(first: Day, weeks: number, serviceEnd: Day | null): Day {
  const threeMonths = addDays(first, 13 * 7);
  const end = serviceEnd !== null && serviceEnd >= first ? serviceEnd : threeMonths;
  const last = lastDayOf(first, weeks);
  return end < last ? end : last;
}

/** Why it cannot be planned: no last day, one before the first, too many visits, or every one left out. */
export type RepeatFault = 'missing' | 'before' | 'tooMany' | 'none';

export function repeatFault(repeat: Repeat, first: Span | null): RepeatFault | null {
  if (repeat.weeks === 0 || first === null) return null;
  const day = dayOf(first.start);
  if (!isDay(repeat.until)) return 'missing';
  if (repeat.until < day) return 'before';
  if (seriesCount(day, repeat.weeks, repeat.until) > SERIES_VISITS_MAX) return 'tooMany';
  return turnsOf(repeat, first).every(({ isLeft }) => isLeft) ? 'none' : null;
}

interface PlanForm {
  input: PlanInput;
  opened: FormBaseline;
}

/** A new visit, or all visits of a series, which are saved together; `newId` names those after the first. */
export function newVisits({ input, opened }: PlanForm, newId: () => string): Edit[] {
  const edit = planEdit({ input, opened });
  if (edit === null) return [];
  const repeat = input.repeat ?? once;
  if (repeat.weeks === 0) return [edit];
  const made = turnsOf(repeat, spanFrom(input.times)).filter(({ isLeft }) => !isLeft);
  return made.map(({ span }, at) => {
    const plan = spanValue(timesOf(span));
    const series = { id: input.visit, number: at + 1, weeks: repeat.weeks, ...span };
    const set = { ...edit.set, plan, ...(made.length > 1 ? { series } : {}) };
    return { ...edit, record: at === 0 ? edit.record : newId(), set };
  });
}

/** What a visit says of the series that it belongs to. */
interface Place {
  id: string;
  number: number;
  weeks: number;
  agreed: Span;
}

export function placeOf(visit: RecordView | null): Place | null {
  const parts = partsOf(visit, 'series');
  const [id, start, end] = ['id', 'start', 'end'].map((name) => partText(parts, name));
  const { number, weeks } = parts;
  if (!id || !start || !end || typeof number !== 'number') return null;
  return { id, number, weeks: typeof weeks === 'number' ? weeks : 0, agreed: { start, end } };
}

/** What becomes of the later visits of this one's series; null where it belongs to none. */
export function laterOf(visit: RecordView | null, records: RecordView[], now: Instant) {
  const place = placeOf(visit);
  if (place === null) return null;
  const all = visitsOf(records).flatMap((one) => inSeries(one, place.id));
  const { follow, stay } = followers(all, place.number, now);
  const found = (ids: string[]) => ids.flatMap((id) => records.find((one) => one.id === id) ?? []);
  return { follow: found(follow), stay: found(stay) };
}

function inSeries(visit: RecordView, series: string): InSeries[] {
  const place = placeOf(visit);
  if (place?.id !== series) return [];
  const { number, agreed } = place;
  const plan = differingValues(visit, 'plan').length > 1 ? null : spanOf(visit, 'plan');
  const logged = shownValue(visit, 'outcome') !== null;
  return [{ record: visit.id, number, agreed, plan, logged }];
}

/** Where those that follow go when this visit goes to `to`. */
export function spansAfter(visit: RecordView, follow: RecordView[], to: Span): Span[] {
  const was = placeOf(visit)?.agreed;
  if (was === undefined) return [];
  return follow.flatMap((one) => {
    const agreed = placeOf(one)?.agreed;
    return agreed ? [shifted(agreed, was, to)] : [];
  });
}

/** The edit of one visit, and of those that follow it: what else was changed of it is changed of them too. */
export function withFollowers(edit: Edit, visit: RecordView, follow: RecordView[]): Edit[] {
  const { plan, ...others } = edit.set;
  const to = plan === undefined ? null : spanIn(plan);
  const spans = to === null ? [] : spansAfter(visit, follow, to);
  const later = follow.map((one, at) =>
    editOf(baselineOf([one]), targetOf(one), {
      ...others,
      ...(spans[at] ? movedValues(one, spans[at]) : {}),
    }),
  );
  return [to === null ? edit : withSeries(edit, visit, to), ...later.filter((one) => one !== null)];
}

/** The visit itself goes with its series: it was not moved out of it. */
function withSeries(edit: Edit, visit: RecordView, to: Span): Edit {
  const seen = { ...edit.seen, series: shownIdsAt(visit, 'series') };
  return { ...edit, set: { ...edit.set, series: seriesAt(visit, to) }, seen };
}

function movedValues(visit: RecordView, to: Span): Record<string, Json> {
  const plan = spanValue(timesOf(to), shownValue(visit, 'plan'));
  return { plan, series: seriesAt(visit, to) };
}

function seriesAt(visit: RecordView, { start, end }: Span): Json {
  return { ...partsOf(visit, 'series'), start, end };
}

function spanIn(plan: Json): Span | null {
  const parts = asParts(plan);
  const [start, end] = [partText(parts, 'start'), partText(parts, 'end')];
  return start !== null && end !== null ? { start, end } : null;
}

/** Calling off this one and those that follow: an outcome each, so that they stay to be seen. */
export function calledOff(visits: RecordView[]): Edit[] {
  return visits
    .map((one) =>
      editOf(baselineOf([one]), targetOf(one), { outcome: { code: 'cancelled_worker' } }),
    )
    .filter((edit) => edit !== null);
}

function targetOf({ id, case: caseId }: RecordView) {
  return { record: id, kind: 'visit', case: caseId };
}
