/** The short forms of a case: a plain note, a planned visit, and a change of phase. */

import { lineOf, listOf, textOf } from '../domain/records.ts';
import { addDays, instantOf, wallOf, type Day } from '../rules/time.ts';
import { weekdayOf } from '../domain/wall_clock.ts';
import { isRemoved } from '../rules/merge.ts';
import { spanOf } from '../domain/visits.ts';
import { isDay } from '../rules/dates.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { meetingOf } from './meeting.ts';
import { HOURS_PER_MONTH_MAX, NOTE_CHARS_MAX, type SupportPhase } from '../rules/constants.ts';
import { fits, isTooLong, wholeOf } from './numbers.ts';
import { editOf, baselineOf, baselineValue, type FormBaseline } from './baseline.ts';
import { spanValue, timesFault, timesOf, type Times, type TimesFault } from './times.ts';

export interface NoteInput {
  note: string;
  case: string;
  text: string;
  areas: string[];
  at: string;
  /** who may see it: a code, in drafts of an older release none */
  visibility?: string | null | undefined;
}

export function noteFormOf(note: RecordView | null, id: string, caseId: string, now: number) {
  const input: NoteInput = {
    note: note?.id ?? id,
    case: caseId,
    text: textOf(note, 'text'),
    areas: listOf(note, 'areas'),
    at: lineOf(note, 'at') ?? instantOf(now),
    visibility: lineOf(note, 'visibility'),
  };
  return { input, opened: baselineOf([note]) };
}

/** A form as it is saved: `begun` is its input as it opened, which drafts of an older release do not have. */
interface Form<Input> {
  input: Input;
  opened: FormBaseline;
  begun?: Input | undefined;
}

export function noteEdit({ input, opened, begun }: Form<NoteInput>): Edit | null {
  const target = { record: input.note, kind: 'note', case: input.case };
  const isStored = Object.hasOwn(opened.values, input.note);
  const spelled = begun && isStored ? noteValues(begun) : {};
  return editOf(opened, target, noteValues(input), spelled);
}

function noteValues({ text, areas, at, visibility }: NoteInput): Record<string, Json> {
  return { text: text.trim(), areas, at, ...(visibility === undefined ? {} : { visibility }) };
}

/** How often it repeats; no weeks: it does not. */
export interface Repeat {
  weeks: number;
  until: Day;
  /** days that somebody left out, and holidays that somebody keeps all the same */
  left: Day[];
  kept: Day[];
}

/** Of a series: whether the later ones go with the one that is changed. */
export type Scope = 'this' | 'later';

export interface PlanInput {
  visit: string;
  case: string;
  visitKind: string;
  place: string | null;
  mode: string | null;
  worker: string | null;
  partner: string | null;
  times: Times;
  /** of a new one: drafts of an older release have none */
  repeat?: Repeat;
  /** of one in a series: which of its visits are changed */
  scope?: Scope;
}

export function planFormOf(
  visit: RecordView | null,
  start: { id: string; case: string; times: Times; worker: string; safety: readonly string[] },
) {
  const span = spanOf(visit, 'plan');
  const meeting = meetingOf(start.safety);
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
  return { input, opened: baselineOf([visit]) };
}

export function planFault(input: PlanInput): TimesFault | null {
  return timesFault(input.times);
}

export function planEdit({ input, opened, begun }: Form<PlanInput>): Edit | null {
  const target = { record: input.visit, kind: 'visit', case: input.case };
  const isStored = Object.hasOwn(opened.values, input.visit);
  const spelled = begun && isStored ? planValues(begun, opened) : {};
  return editOf(opened, target, planValues(input, opened), spelled);
}

function planValues(input: PlanInput, opened: FormBaseline): Record<string, Json> {
  return {
    plan: spanValue(input.times, baselineValue(opened, input.visit, 'plan')),
    visit_kind: input.visitKind,
    place: input.place,
    mode: input.mode,
    worker: input.worker,
    partner: input.partner,
  };
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
  const from = hour < FIRST_HOUR ? 0 : 1;
  const days = [0, 1, 2].map((more) => addDays(day, from + more));
  return { day: days.find(isWorkingDay) ?? day, start: '09:00', end: '10:00' };
}

export interface PhaseInput {
  /** the case's own record */
  record: string;
  period: string;
  case: string;
  phase: SupportPhase | null;
  since: Day;
  reason: string | null;
  note: string;
  /** as typed; empty: the catalogue's hours */
  hours: string;
  /** of the phase that ends; drafts of an older release have none */
  fromClient?: string;
  toClient?: string;
}

export type PhaseError = 'plan' | 'phase' | 'reason' | 'since' | 'hours' | 'note' | 'feedback';

/** What is agreed on before the preparation ends: a plan, and a goal in the client's own words. */
export function hasPlanAndGoal(records: readonly RecordView[]): boolean {
  const has = (kind: string, field: string) =>
    records.some((one) => one.kind === kind && !isRemoved(one) && textOf(one, field) !== '');
  return has('plan', 'agreed_on') && has('goal', 'client_words');
}

/**
 * `isFirst`: no phase comes before it, so nothing changes and there is no reason to ask for. `isUnplanned`: it would leave the
 * preparation without what has to be agreed on first.
 */
export function phaseErrors(input: PhaseInput, isFirst = false, isUnplanned = false): PhaseError[] {
  const errors: PhaseError[] = [];
  if (input.phase === null) errors.push('phase');
  else if (isUnplanned) errors.push('plan');
  if (input.reason === null && !isFirst) errors.push('reason');
  if (!isDay(input.since)) errors.push('since');
  if (!fits(input.hours, HOURS_PER_MONTH_MAX)) errors.push('hours');
  if (isTooLong(input.note, NOTE_CHARS_MAX)) errors.push('note');
  const feedback = [input.fromClient ?? '', input.toClient ?? ''];
  if (feedback.some((text) => isTooLong(text, NOTE_CHARS_MAX))) errors.push('feedback');
  return errors;
}

/** A new step of the phase history: nothing before it is touched, so it has seen nothing. */
export function phaseEdit(input: PhaseInput, isFirst = false): Edit {
  const { phase, since, note } = input;
  const hours = wholeOf(input.hours);
  const reason = isFirst ? null : input.reason;
  const [from, to] = [input.fromClient ?? '', input.toClient ?? ''].map((text) => text.trim());
  return {
    record: input.record,
    kind: 'case',
    case: input.case,
    set: {
      [`phases/${input.period}`]: {
        phase,
        since,
        ...(reason !== null ? { reason } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(hours !== null ? { hours_per_month: hours } : {}),
        ...(from ? { feedback_from_client: from } : {}),
        ...(to ? { feedback_to_client: to } : {}),
      },
    },
    seen: {},
  };
}
