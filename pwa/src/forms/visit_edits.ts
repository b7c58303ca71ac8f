/** What one save of the log sheet writes, and what must be mended before it can. */

import { goalsOf } from '../domain/goals.ts';
import { minutesBetween } from '../domain/time.ts';
import type { Edit, Json, RecordView } from '../store/engine.ts';
import { editOf, valueOf, type Opened, type Target } from './opened.ts';
import { spanFrom, spanValue } from './times.ts';
import {
  DIRECT_WORK,
  OTHER_MINUTES,
  type Surroundings,
  type VisitForm,
  type VisitInput,
} from './visit_form.ts';

/** Direct client work: what was typed, or the time the visit took. */
export function directMinutes(input: VisitInput): number {
  const typed = input.minutes[DIRECT_WORK];
  if (typed !== undefined && typed !== null) return typed;
  const span = spanFrom(input.times);
  return span ? minutesBetween(span.start, span.end) : 0;
}

export type VisitError = 'times' | 'minutes' | 'next';

/** What must be mended before the sheet can be saved; each is a field of the sheet. */
export function visitErrors(input: VisitInput, delivered: boolean): VisitError[] {
  const errors: VisitError[] = [];
  const span = spanFrom(input.times);
  if (span === null || span.start === span.end) errors.push('times');
  const typed = Object.values(input.minutes);
  const dayMinutes = 24 * 60;
  const fits = (value: number | null) =>
    value === null || (Number.isInteger(value) && value >= 0 && value <= dayMinutes);
  if (delivered && !typed.every(fits)) errors.push('minutes');
  const next = spanFrom(input.next.times);
  if (input.next.planned && (next === null || next.start === next.end)) errors.push('next');
  return errors;
}

/** Everything one save writes: the visit, ticks, the next visit, and goals that work has begun on. */
export function visitEdits(
  { input, opened }: VisitForm,
  records: RecordView[],
  delivered: boolean,
  around: Pick<Surroundings, 'user'>,
): Edit[] {
  const edits = [
    visitEdit(input, opened, delivered),
    delivered ? tickEdit(input, opened, around.user) : null,
    nextEdit(input),
    ...(delivered ? goalEdits(input, opened, records) : []),
  ];
  return edits.filter((edit) => edit !== null);
}

function visitEdit(input: VisitInput, opened: Opened, delivered: boolean): Edit | null {
  const set: Record<string, Json> = {
    outcome: { code: input.outcome, ...(input.reason ? { reason: input.reason } : {}) },
    note: input.note,
    worker: input.worker,
    ...(input.isNew ? { visit_kind: input.visitKind, mode: input.mode, place: input.place } : {}),
    ...(input.next.planned ? { next_visit: input.next.record } : {}),
    ...(delivered || input.isNew ? { actual: spanValue(input.times) } : {}),
    ...(delivered ? workDone(input) : {}),
  };
  return editOf(opened, targetOf(input, 'visit', input.visit), set);
}

/** What only a visit that took place has. */
function workDone(input: VisitInput): Record<string, Json> {
  const set: Record<string, Json> = {
    areas: input.areas,
    [`minutes/${DIRECT_WORK}`]: directMinutes(input),
  };
  for (const kind of OTHER_MINUTES) {
    const typed = input.minutes[kind];
    if (typed !== undefined) set[`minutes/${kind}`] = typed;
  }
  for (const [goal, move] of Object.entries(input.goalMoves)) set[`goal_moves/${goal}`] = move;
  return set;
}

function tickEdit(input: VisitInput, opened: Opened, by: string): Edit | null {
  const on = input.times.day;
  const set = Object.fromEntries(
    Object.entries(input.ticks).map(([item, done]): [string, Json] => [
      `ticks/${item}`,
      { done, on, by, visit: input.visit },
    ]),
  );
  return editOf(opened, targetOf(input, 'checklist', input.checklist), set);
}

function nextEdit(input: VisitInput): Edit | null {
  if (!input.next.planned) return null;
  const target = targetOf(input, 'visit', input.next.record);
  return editOf({ values: {}, seen: {} }, target, {
    plan: spanValue(input.next.times),
    visit_kind: input.visitKind,
    mode: input.mode,
    place: input.place,
    worker: input.worker,
  });
}

/** A goal that was agreed on and has now been worked on is in progress. */
function goalEdits(input: VisitInput, opened: Opened, records: RecordView[]): Edit[] {
  const waiting = new Set<Json>(['proposed', 'agreed']);
  return goalsOf(records)
    .open.filter(({ id }) => isNewMove(input, opened, id))
    .filter((goal) => waiting.has(valueOf(opened, goal.id, 'status') ?? 'agreed'))
    .map((goal) => editOf(opened, targetOf(input, 'goal', goal.id), { status: 'in_progress' }))
    .filter((edit) => edit !== null);
}

function isNewMove(input: VisitInput, opened: Opened, goal: string): boolean {
  const move = input.goalMoves[goal];
  return move !== undefined && valueOf(opened, input.visit, `goal_moves/${goal}`) !== move;
}

function targetOf(input: VisitInput, kind: string, record: string): Target {
  return { record, kind, case: input.case };
}
