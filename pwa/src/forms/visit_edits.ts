/** What one save of the log sheet writes, and what must be fixed before it can. */

import { goalsOf } from '../domain/goals.ts';
import { minutesBetween } from '../domain/wall_clock.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import {
  LINE_CHARS_MAX,
  NOTE_CHARS_MAX,
  VISIT_MINUTES_MAX,
  type VisitOutcome,
} from '../rules/constants.ts';
import { fits, isTooLong, wholeOf } from './numbers.ts';
import { faultsIn, moreValues } from './kind_form.ts';
import { editOf, baselineValue, withParts, type FormBaseline, type Target } from './baseline.ts';
import { sameTimes, spanFrom, spanValue, timesFault } from './times.ts';
import {
  isUnmet,
  OTHER_WORK,
  WORK_KINDS,
  type VisitContext,
  type VisitForm,
  type VisitInput,
} from './visit_form.ts';

/** Of the meeting itself: what was typed, or the time it took. */
export function workMinutes(input: VisitInput): number {
  const typed = wholeOf(own(input.minutes, input.work) ?? '');
  if (typed !== null) return typed;
  const span = spanFrom(input.times);
  return span ? minutesBetween(span.start, span.end) : 0;
}

export type VisitError =
  'outcome' | 'side' | 'reason' | 'times' | 'minutes' | 'note' | 'next' | 'more';

/** The kinds of work whose minutes the sheet asks for; the meeting's own stands first. */
export function askedWork(input: VisitInput, delivered: boolean): string[] {
  if (!delivered) return [...OTHER_WORK];
  return [input.work, ...WORK_KINDS.filter((kind) => kind !== input.work)];
}

/** The outcome that asks whose wish it was. */
export const MOVED = 'moved';

/** What must be fixed before the sheet can be saved; each is a field of the sheet. `begun`: a logged visit as it opened. */
export function visitErrors(
  input: VisitInput,
  delivered: boolean,
  begun?: VisitInput,
): VisitError[] {
  const errors: VisitError[] = [];
  if (input.outcome === null) errors.push('outcome');
  if (input.outcome === MOVED && input.side === '') errors.push('side');
  if (isTooLong(input.reason, LINE_CHARS_MAX)) errors.push('reason');
  const isLeftAlone = begun !== undefined && sameTimes(input.times, begun.times);
  const isWritten = (delivered || input.isNew) && !isLeftAlone;
  if (isWritten && timesFault(input.times) !== null) errors.push('times');
  const typed = askedWork(input, delivered).map((kind) => own(input.minutes, kind) ?? '');
  if (!typed.every((one) => fits(one, VISIT_MINUTES_MAX))) errors.push('minutes');
  if (isTooLong(input.note, NOTE_CHARS_MAX)) errors.push('note');
  if (input.next.planned && timesFault(input.next.times) !== null) errors.push('next');
  if (input.more && faultsIn(input.more).size > 0) errors.push('more');
  return errors;
}

/** Does a visit with this outcome count as one that took place? */
type IsDelivered = (outcome: VisitOutcome | null) => boolean;

/** Everything one save writes: the visit, ticks, the next visit, and goals that work has begun on. */
export function visitEdits(
  form: VisitForm,
  records: RecordView[],
  isDelivered: IsDelivered,
  context: Pick<VisitContext, 'user'>,
): Edit[] {
  const { input, opened } = form;
  const delivered = isDelivered(input.outcome);
  const edits = [
    visitEdit(form, isDelivered),
    delivered ? tickEdit(input, opened, context.user) : null,
    nextEdit(input),
    ...(delivered ? goalEdits(input, opened, records) : []),
  ];
  return edits.filter((edit) => edit !== null);
}

function visitEdit({ input, opened, begun }: VisitForm, isDelivered: IsDelivered): Edit | null {
  const target = targetOf(input, 'visit', input.visit);
  const wanted = visitValues(input, opened, isDelivered(input.outcome));
  const spelled = begun ? visitValues(begun, opened, isDelivered(begun.outcome)) : {};
  const more = moreValues(input.more, opened);
  const { outcome, ...stored } = own(opened.values, input.visit) ?? {};
  const isLogged = outcome !== undefined && outcome !== null;
  // Logging writes what is filled in; a correction, and what the sheet does not ask about, only what was changed.
  const kept = Object.entries(spelled).filter(
    ([path]) => isLogged || Object.hasOwn(stored, path) || (!input.isNew && isUnasked(path)),
  );
  return editOf(
    opened,
    target,
    { ...more.wanted, ...wanted },
    { ...more.spelled, ...Object.fromEntries(kept) },
  );
}

const unasked = new Set(['visit_kind', 'mode', 'place', 'partner', 'methods']);
const isUnasked = (path: string) => unasked.has(path);

function visitValues(
  input: VisitInput,
  opened: FormBaseline,
  delivered: boolean,
): Record<string, Json> {
  const before = (path: string) => baselineValue(opened, input.visit, path);
  return {
    outcome: withParts(before('outcome'), {
      code: input.outcome,
      reason: input.reason,
      ...(input.side === undefined
        ? {}
        : { side: (input.outcome === MOVED && input.side) || null }),
    }),
    note: input.note,
    worker: input.worker,
    visit_kind: input.visitKind,
    mode: input.mode,
    place: input.place,
    partner: input.partner,
    methods: input.methods,
    ...(input.next.planned ? { next_visit: input.next.record } : {}),
    ...(delivered || input.isNew ? { actual: spanValue(input.times, before('actual')) } : {}),
    ...(delivered ? workDone(input) : {}),
    ...otherWork(input, opened, delivered),
  };
}

/** What only a visit that took place has. */
function workDone(input: VisitInput): Record<string, Json> {
  const set: Record<string, Json> = { areas: input.areas };
  set[`minutes/${input.work}`] = workMinutes(input);
  for (const [goal, move] of Object.entries(input.goalMoves)) set[`goal_moves/${goal}`] = move;
  return set;
}

/** Minutes beside the meeting's own; of one that nobody came to, the way there. */
function otherWork(input: VisitInput, opened: FormBaseline, delivered: boolean) {
  const set: Record<string, Json> = {};
  for (const kind of askedWork(input, delivered)) {
    if (delivered && kind === input.work) continue;
    const path = `minutes/${kind}`;
    const typed = wholeOf(own(input.minutes, kind) ?? '');
    if (typed !== null || baselineValue(opened, input.visit, path) !== null) set[path] = typed;
  }
  return set;
}

function tickEdit(input: VisitInput, opened: FormBaseline, by: string): Edit | null {
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
    // Another attempt at what two had gone to is again for two.
    ...(isUnmet(input.outcome) && input.partner !== null ? { partner: input.partner } : {}),
  });
}

/** A goal that was agreed on and has now been worked on is in progress. */
function goalEdits(input: VisitInput, opened: FormBaseline, records: RecordView[]): Edit[] {
  const waiting = new Set<Json>(['proposed', 'agreed']);
  return goalsOf(records)
    .open.filter(({ id }) => isNewMove(input, opened, id))
    .filter((goal) => waiting.has(baselineValue(opened, goal.id, 'status') ?? 'agreed'))
    .map((goal) => editOf(opened, targetOf(input, 'goal', goal.id), { status: 'in_progress' }))
    .filter((edit) => edit !== null);
}

function isNewMove(input: VisitInput, opened: FormBaseline, goal: string): boolean {
  const move = own(input.goalMoves, goal);
  return move !== undefined && baselineValue(opened, input.visit, `goal_moves/${goal}`) !== move;
}

function targetOf(input: VisitInput, kind: string, record: string): Target {
  return { record, kind, case: input.case };
}
