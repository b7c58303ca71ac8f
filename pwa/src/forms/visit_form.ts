/** The log sheet: what it holds while it is open, and what it is prefilled with. */

import { checklistOf } from '../domain/checklists.ts';
import { goalsOf, type Move } from '../domain/goals.ts';
import { lineOf, listOf, shownValue, splitPath, textOf } from '../domain/records.ts';
import {
  addDays,
  addMinutes,
  instantOf,
  minutesBetween,
  wallOf,
  type Instant,
} from '../domain/time.ts';
import { outcomeOf, spanOf, type Span } from '../domain/visits.ts';
import type { RecordView } from '../store/engine.ts';
import { meetingOf, type Meeting } from './meeting.ts';
import { openedWith, type Opened } from './opened.ts';
import { clocksOf, timesOf, type Times } from './times.ts';

export interface NextVisit {
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
  outcome: string;
  reason: string;
  times: Times;
  /** minutes typed by hand; direct work follows the times until somebody types it */
  minutes: Record<string, number | null>;
  goalMoves: Record<string, Move>;
  areas: string[];
  /** ticked or taken away in this sheet, by item */
  ticks: Record<string, boolean>;
  note: string;
  next: NextVisit;
}

export interface VisitForm {
  input: VisitInput;
  opened: Opened;
}

/** What the forms need from outside. */
export interface Surroundings {
  newId: () => string;
  user: string;
  now: number;
}

export const DIRECT_WORK = 'client_work_direct';
/** The kinds of time a visit may take besides the meeting itself. */
export const OTHER_MINUTES = ['client_work_indirect', 'travel', 'recording'] as const;

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
  around: Surroundings,
): VisitForm {
  const plan = spanOf(visit, 'plan');
  const span = spanOf(visit, 'actual') ?? (plan ? soFar(plan, around.now) : lately(60, around.now));
  const outcome = outcomeOf(visit);
  const input: VisitInput = {
    ...blank(visit.id, visit.case, records, span, suggested, around),
    isNew: false,
    visitKind: textOf(visit, 'visit_kind') || meetingOf(records).visitKind,
    mode: lineOf(visit, 'mode'),
    place: lineOf(visit, 'place'),
    worker: lineOf(visit, 'worker'),
    outcome: outcome.code ?? 'done',
    reason: outcome.reason ?? '',
    minutes: minutesOf(visit, span),
    goalMoves: goalMovesOf(visit, records),
    areas: listOf(visit, 'areas'),
    note: textOf(visit, 'note'),
  };
  return { input, opened: openedFor(visit, records) };
}

/** The sheet of a contact that nobody planned. It ended just now. */
export function newVisitForm(
  kind: NewKind,
  caseId: string,
  records: RecordView[],
  suggest: (span: Span) => Span | null,
  around: Surroundings,
): VisitForm {
  const { minutes, ...beginning } = beginnings[kind];
  const span = lately(minutes, around.now);
  const suggested = kind === 'visit' ? suggest(span) : null;
  const input: VisitInput = {
    ...blank(around.newId(), caseId, records, span, suggested, around),
    ...meetingOf(records),
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
  around: Surroundings,
): VisitInput {
  const weekLater = { day: addDays(wallOf(span.start).day, 7), ...clocksOf(span) };
  return {
    visit,
    case: caseId,
    isNew: true,
    checklist: checklistOf(records)?.id ?? around.newId(),
    visitKind: meetingOf(records).visitKind,
    mode: null,
    place: null,
    worker: around.user,
    outcome: 'done',
    reason: '',
    times: timesOf(span),
    minutes: {},
    goalMoves: {},
    areas: [],
    ticks: {},
    note: '',
    next: {
      record: around.newId(),
      planned: false,
      times: suggested ? timesOf(suggested) : weekLater,
    },
  };
}

function openedFor(visit: RecordView | null, records: RecordView[]): Opened {
  return openedWith([visit, checklistOf(records), ...goalsOf(records).open]);
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

/** Minutes that differ from what the times say were typed by hand. */
function minutesOf(visit: RecordView, span: Span): Record<string, number | null> {
  const minutes: Record<string, number | null> = {};
  const fromTimes: Record<string, number> = { [DIRECT_WORK]: minutesBetween(span.start, span.end) };
  for (const kind of [DIRECT_WORK, ...OTHER_MINUTES]) {
    const value = shownValue(visit, `minutes/${kind}`);
    if (typeof value === 'number' && value !== fromTimes[kind]) minutes[kind] = value;
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
export function withTakenPart(input: VisitInput, fresh: VisitInput, path: string): VisitInput {
  const [field, item] = splitPath(path);
  switch (field) {
    case 'note':
      return { ...input, note: fresh.note };
    case 'outcome':
      return { ...input, outcome: fresh.outcome, reason: fresh.reason };
    case 'actual':
    case 'plan':
      return { ...input, times: fresh.times };
    case 'minutes':
      return { ...input, minutes: fresh.minutes };
    case 'areas':
      return { ...input, areas: fresh.areas };
    case 'goal_moves':
      return { ...input, goalMoves: changedItem(input.goalMoves, item, fresh.goalMoves) };
    case 'ticks':
      return { ...input, ticks: changedItem(input.ticks, item, {}) };
    default:
      return input;
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
