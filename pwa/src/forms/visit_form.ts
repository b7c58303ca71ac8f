/** The log sheet: what it holds while it is open, and what it is prefilled with. */

import { checklistRecord } from '../domain/checklists.ts';
import { goalsOf, type Move } from '../domain/goals.ts';
import { lineOf, listOf, shownValue, splitPath, textOf } from '../domain/records.ts';
import { addDays, instantOf, wallOf, type Instant } from '../rules/time.ts';
import { addMinutes, minutesBetween } from '../domain/wall_clock.ts';
import { outcomeOf, spanOf, type Span } from '../domain/visits.ts';
import type { RecordView } from '../model/engine.ts';
import { meetingOf, type Meeting } from './meeting.ts';
import { baselineOf, type FormBaseline } from './baseline.ts';
import { kindFormOf, withTakenField, type KindInput } from './kind_form.ts';
import { clocksOf, spanFrom, timesOf, type Times } from './times.ts';
import type { VisitOutcome } from '../rules/constants.ts';

interface NextVisit {
  /** the id its record will have */
  record: string;
  planned: boolean;
  times: Times;
}

/** What the sheet holds while it is open. */
export interface VisitInput {
  visit: string;
  case: string;
  /** not planned and not logged before: the sheet makes the record */
  isNew: boolean;
  checklist: string;
  visitKind: string;
  mode: string | null;
  place: string | null;
  worker: string | null;
  partner: string | null;
  methods: string[];
  /** `null`: nobody has said yet what came of it */
  outcome: VisitOutcome | null;
  reason: string;
  times: Times;
  /** the kind of work that the meeting itself was: its minutes follow the times until somebody types them */
  work: string;
  /** minutes as typed by hand, by kind of work */
  minutes: Record<string, string>;
  goalMoves: Record<string, Move>;
  areas: string[];
  /** ticked or taken away in this sheet, by item */
  ticks: Record<string, boolean>;
  note: string;
  next: NextVisit;
  /** who moved it; '' where it was not moved */
  side?: string;
  /** what the declaration asks besides; drafts of an older release have none */
  more?: KindInput;
}

export interface VisitForm {
  input: VisitInput;
  opened: FormBaseline;
  /** the input as the form opened it; drafts of an older release have none */
  begun?: VisitInput | undefined;
}

/** What the forms need from outside. */
export interface VisitContext {
  newId: () => string;
  user: string;
  now: number;
  /** what is known of going to the client */
  safety: readonly string[];
}

export const DIRECT_WORK = 'client_work_direct';
export const INDIRECT_WORK = 'client_work_indirect';
/** The kinds of time a visit may take. */
export const WORK_KINDS = [DIRECT_WORK, INDIRECT_WORK, 'travel', 'recording'] as const;

/** Nobody was there: it asks for no reason, and offers another attempt. */
const UNMET = new Set<VisitOutcome>(['client_absent', 'door_not_opened', 'no_answer']);
export const isUnmet = (outcome: VisitOutcome | null) => outcome !== null && UNMET.has(outcome);

/** Of these a contact that did not take place has minutes too. */
export const OTHER_WORK: readonly string[] = ['travel', 'recording'];

/** How ＋ begins a contact that nobody planned. */
export type NewKind = 'visit' | 'call' | 'errand';
const beginnings: Record<NewKind, Partial<Meeting> & { minutes: number }> = {
  visit: { minutes: 60 },
  call: { visitKind: 'phone_support', mode: 'phone', place: 'remote', minutes: 10 },
  errand: {
    visitKind: 'accompanied_errand',
    mode: 'face_to_face',
    place: 'authority',
    minutes: 60,
  },
};

/** The sheet of a visit that is planned, or logged already and being corrected. */
export function visitFormOf(
  visit: RecordView,
  records: RecordView[],
  suggested: Span | null,
  context: VisitContext,
): VisitForm {
  const plan = spanOf(visit, 'plan');
  const span =
    spanOf(visit, 'actual') ?? (plan ? soFar(plan, context.now) : lately(60, context.now));
  const outcome = outcomeOf(visit);
  // What has not begun has not taken place either (E6).
  const hasBegun = plan === null || plan.start <= instantOf(context.now);
  const work = workOf(visit);
  const input: VisitInput = {
    ...blank(visit.id, visit.case, records, span, suggested, context),
    isNew: false,
    visitKind: textOf(visit, 'visit_kind') || meetingOf(context.safety).visitKind,
    mode: lineOf(visit, 'mode'),
    place: lineOf(visit, 'place'),
    worker: lineOf(visit, 'worker'),
    partner: lineOf(visit, 'partner'),
    methods: listOf(visit, 'methods'),
    outcome: outcome.code ?? (hasBegun ? 'done' : null),
    reason: outcome.reason ?? '',
    work,
    minutes: minutesOf(visit, span, work),
    goalMoves: goalMovesOf(visit, records),
    areas: listOf(visit, 'areas'),
    note: textOf(visit, 'note'),
    side: outcome.side ?? '',
    more: kindFormOf('visit', visit, visit.id, visit.case).input,
  };
  return { input, opened: openedFor(visit, records) };
}

/** The sheet of a contact that nobody planned. It ended just now. */
export function newVisitForm(
  kind: NewKind,
  caseId: string,
  records: RecordView[],
  suggest: (span: Span) => Span | null,
  context: VisitContext,
): VisitForm {
  const { minutes, ...beginning } = beginnings[kind];
  const span = lately(minutes, context.now);
  const suggested = kind === 'visit' ? suggest(span) : null;
  const input: VisitInput = {
    ...blank(context.newId(), caseId, records, span, suggested, context),
    ...meetingOf(context.safety),
    ...beginning,
  };
  return { input, opened: openedFor(null, records) };
}

function blank(
  visit: string,
  caseId: string,
  records: RecordView[],
  span: Span,
  suggested: Span | null,
  context: VisitContext,
): VisitInput {
  const weekLater = { day: addDays(wallOf(span.start).day, 7), ...clocksOf(span) };
  return {
    visit,
    case: caseId,
    side: '',
    more: kindFormOf('visit', null, visit, caseId).input,
    isNew: true,
    checklist: checklistRecord(records)?.id ?? context.newId(),
    visitKind: meetingOf(context.safety).visitKind,
    mode: null,
    place: null,
    worker: context.user,
    partner: null,
    methods: [],
    outcome: 'done',
    reason: '',
    times: timesOf(span),
    work: DIRECT_WORK,
    minutes: {},
    goalMoves: {},
    areas: [],
    ticks: {},
    note: '',
    next: {
      record: context.newId(),
      planned: false,
      times: suggested ? timesOf(suggested) : weekLater,
    },
  };
}

function openedFor(visit: RecordView | null, records: RecordView[]): FormBaseline {
  return baselineOf([visit, checklistRecord(records), ...goalsOf(records).open]);
}

/** The last minutes up to now, on a multiple of five. */
function lately(minutes: number, now: number): Span {
  const end = lastFive(now);
  return { start: addMinutes(end, -minutes), end };
}

/** As planned; of a visit that is logged before its planned end what has passed of it: time to come is not counted. */
function soFar(plan: Span, now: number): Span {
  const end = lastFive(now);
  return plan.start < end && end < plan.end ? { ...plan, end } : plan;
}

function lastFive(now: number): Instant {
  const grainMs = 300_000;
  return instantOf(Math.floor(now / grainMs) * grainMs);
}

/** What took place did so by now: of a visit whose time has not come the planned times are not taken for those it had. */
export function withOutcome(
  input: VisitInput,
  outcome: VisitOutcome,
  delivered: boolean,
  now: number,
): VisitInput {
  const span = spanFrom(input.times);
  const isAhead = delivered && span !== null && span.start > instantOf(now);
  if (!isAhead) return { ...input, outcome };
  const times = timesOf(lately(minutesBetween(span.start, span.end), now));
  return { ...input, outcome, times };
}

/** The meeting was another kind of work: what was typed for it goes along. */
export function withWork(input: VisitInput, work: string): VisitInput {
  if (work === input.work) return input;
  const { [input.work]: typed = '', ...others } = input.minutes;
  return { ...input, work, minutes: { ...others, [work]: typed } };
}

/** Indirect work is what stands there without any direct work beside it. */
function workOf(visit: RecordView): string {
  const has = (kind: string) => typeof shownValue(visit, `minutes/${kind}`) === 'number';
  return has(INDIRECT_WORK) && !has(DIRECT_WORK) ? INDIRECT_WORK : DIRECT_WORK;
}

/** Minutes that differ from what the times say were typed by hand. */
function minutesOf(visit: RecordView, span: Span, work: string): Record<string, string> {
  const minutes: Record<string, string> = {};
  for (const kind of WORK_KINDS) {
    const value = shownValue(visit, `minutes/${kind}`);
    const fromTimes = kind === work ? minutesBetween(span.start, span.end) : null;
    if (typeof value === 'number' && value !== fromTimes) minutes[kind] = String(value);
  }
  return minutes;
}

function goalMovesOf(visit: RecordView, records: RecordView[]): Record<string, Move> {
  const moves: Record<string, Move> = {};
  for (const goal of goalsOf(records).open) {
    const move = shownValue(visit, `goal_moves/${goal.id}`);
    if (move === 'forward' || move === 'same' || move === 'back') moves[goal.id] = move;
  }
  return moves;
}

/**
 * The sheet after its person took a newer value: that part of it as `fresh` (the same sheet opened now) has it, the rest as typed.
 */
export function visitWithTaken(input: VisitInput, fresh: VisitInput, path: string): VisitInput {
  const [field, item] = splitPath(path);
  switch (field) {
    case 'note':
      return { ...input, note: fresh.note };
    case 'outcome':
      return {
        ...input,
        outcome: fresh.outcome,
        reason: fresh.reason,
        ...(fresh.side === undefined ? {} : { side: fresh.side }),
      };
    case 'actual':
    case 'plan':
      return { ...input, times: fresh.times };
    case 'minutes':
      return { ...input, minutes: fresh.minutes, work: fresh.work };
    case 'visit_kind':
      return { ...input, visitKind: fresh.visitKind };
    case 'place':
      return { ...input, place: fresh.place };
    case 'partner':
      return { ...input, partner: fresh.partner };
    case 'methods':
      return { ...input, methods: fresh.methods };
    case 'areas':
      return { ...input, areas: fresh.areas };
    case 'goal_moves':
      return { ...input, goalMoves: changedItem(input.goalMoves, item, fresh.goalMoves) };
    case 'ticks':
      return { ...input, ticks: changedItem(input.ticks, item, {}) };
    default:
      return input.more && fresh.more
        ? { ...input, more: withTakenField(input.more, fresh.more, path) }
        : input;
  }
}

/** `items` with one as `from` has it, or without it. */
function changedItem<T>(
  items: Record<string, T>,
  item: string | null,
  from: Record<string, T>,
): Record<string, T> {
  const others = Object.entries(items).filter(([key]) => key !== item);
  const taken = Object.entries(from).filter(([key]) => key === item);
  return Object.fromEntries([...others, ...taken]);
}
