/** The short forms of a case: a plain note, a planned visit, and a change of phase. */

import { lineOf, listOf, textOf } from '../domain/records.ts';
import { addDays, instantOf, wallOf, weekdayOf, type Day } from '../domain/time.ts';
import { spanOf } from '../domain/visits.ts';
import type { Edit, RecordView } from '../store/engine.ts';
import { meetingOf } from './meeting.ts';
import { editOf, openedWith, type Opened } from './opened.ts';
import { spanFrom, spanValue, timesOf, type Times } from './times.ts';

export interface NoteInput {
  note: string;
  case: string;
  text: string;
  areas: string[];
  at: string;
}

export function noteFormOf(note: RecordView | null, id: string, caseId: string, now: number) {
  const input: NoteInput = {
    note: note?.id ?? id,
    case: caseId,
    text: textOf(note, 'text'),
    areas: listOf(note, 'areas'),
    at: lineOf(note, 'at') ?? instantOf(now),
  };
  return { input, opened: openedWith([note]) };
}

export function noteEdit(input: NoteInput, opened: Opened): Edit | null {
  const target = { record: input.note, kind: 'note', case: input.case };
  return editOf(opened, target, { text: input.text.trim(), areas: input.areas, at: input.at });
}

export interface PlanInput {
  visit: string;
  case: string;
  visitKind: string;
  place: string | null;
  mode: string | null;
  worker: string | null;
  partner: string | null;
  times: Times;
}

export function planFormOf(
  visit: RecordView | null,
  records: RecordView[],
  start: { id: string; case: string; times: Times; worker: string },
) {
  const span = spanOf(visit, 'plan');
  const meeting = meetingOf(records);
  const input: PlanInput = {
    visit: visit?.id ?? start.id,
    case: start.case,
    visitKind: lineOf(visit, 'visit_kind') ?? meeting.visitKind,
    place: lineOf(visit, 'place') ?? (visit ? null : meeting.place),
    mode: lineOf(visit, 'mode') ?? (visit ? null : meeting.mode),
    worker: lineOf(visit, 'worker') ?? (visit ? null : start.worker),
    partner: lineOf(visit, 'partner'),
    times: span ? timesOf(span) : start.times,
  };
  return { input, opened: openedWith([visit]) };
}

export function planErrors(input: PlanInput): 'times'[] {
  const span = spanFrom(input.times);
  return span === null || span.start === span.end ? ['times'] : [];
}

export function planEdit(input: PlanInput, opened: Opened): Edit | null {
  const target = { record: input.visit, kind: 'visit', case: input.case };
  return editOf(opened, target, {
    plan: spanValue(input.times),
    visit_kind: input.visitKind,
    place: input.place,
    mode: input.mode,
    worker: input.worker,
    partner: input.partner,
  });
}

/** The form after its person took the newer value of `path`. */
export function withTakenPlanPart(input: PlanInput, fresh: PlanInput, path: string): PlanInput {
  switch (path) {
    case 'plan':
      return { ...input, times: fresh.times };
    case 'visit_kind':
      return { ...input, visitKind: fresh.visitKind };
    case 'place':
      return { ...input, place: fresh.place };
    default:
      return { ...input, partner: fresh.partner };
  }
}

const FIRST_HOUR = 8;
const LAST_HOUR = 17;

const weekend = new Set([0, 6]);
const isWorkingDay = (day: Day) => !weekend.has(weekdayOf(day));

/** The next full hour of a working day, for an hour: where nothing better is known. */
export function someTimeSoon(now: number): Times {
  const { day, clock } = wallOf(now);
  const hour = Number(clock.slice(0, 2)) + 1;
  const two = (value: number) => String(value).padStart(2, '0');
  if (isWorkingDay(day) && hour >= FIRST_HOUR && hour <= LAST_HOUR) {
    return { day, start: `${two(hour)}:00`, end: `${two(hour + 1)}:00` };
  }
  let free = isWorkingDay(day) && hour < FIRST_HOUR ? day : addDays(day, 1);
  while (!isWorkingDay(free)) free = addDays(free, 1);
  return { day: free, start: '09:00', end: '10:00' };
}

export interface PhaseInput {
  /** the case's own record */
  record: string;
  period: string;
  case: string;
  phase: string | null;
  since: Day;
  reason: string | null;
  note: string;
  /** as typed; empty: the catalogue's hours */
  hours: string;
}

export type PhaseError = 'phase' | 'reason' | 'since' | 'hours';

const HOURS_PER_MONTH_MAX = 200;

export function phaseErrors(input: PhaseInput): PhaseError[] {
  const errors: PhaseError[] = [];
  if (input.phase === null) errors.push('phase');
  if (input.reason === null) errors.push('reason');
  if (!/^\d{4}-\d\d-\d\d$/u.test(input.since)) errors.push('since');
  const hours = Number(input.hours);
  const fits = Number.isInteger(hours) && hours >= 0 && hours <= HOURS_PER_MONTH_MAX;
  if (input.hours !== '' && !fits) errors.push('hours');
  return errors;
}

/** A new step of the phase history: nothing before it is touched, so it has seen nothing. */
export function phaseEdit(input: PhaseInput): Edit {
  const { phase, since, reason, note, hours } = input;
  return {
    record: input.record,
    kind: 'case',
    case: input.case,
    set: {
      [`phases/${input.period}`]: {
        phase,
        since,
        reason,
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(hours !== '' ? { hours_per_month: Number(hours) } : {}),
      },
    },
    seen: {},
  };
}
