/** The form of a goal: its title in the client's words, its area and status, and its steps in order. */

import { reordered, stepsOf } from '../domain/goals.ts';
import { lineOf, splitPath, textOf } from '../domain/records.ts';
import { isDay } from '../rules/dates.ts';
import { own } from '../rules/own.ts';
import { addDays, type Day } from '../rules/time.ts';
import { faultsIn, kindFormOf, moreValues, withTakenField, type KindInput } from './kind_form.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { LINE_CHARS_MAX, NOTE_CHARS_MAX, type GoalStatus } from '../rules/constants.ts';
import { isTooLong } from './numbers.ts';
import {
  editOf,
  baselineOf,
  baselineValue,
  withParts,
  type FormBaseline,
  type Target,
} from './baseline.ts';

interface StepInput {
  id: string;
  text: string;
  order: number;
  /** codes; '' where nobody has said */
  doer?: string;
  help?: string;
}

export interface GoalInput {
  goal: string;
  case: string;
  title: string;
  clientWords: string;
  area: string | null;
  status: GoalStatus;
  /** a day, or nothing */
  reviewOn: string;
  steps: StepInput[];
  /** what it was begun from */
  template?: string;
  /** what the declaration asks besides; drafts of an older release have none */
  more?: KindInput;
}

interface GoalForm {
  input: GoalInput;
  opened: FormBaseline;
  begun?: GoalInput | undefined;
}

export function goalFormOf(goal: RecordView): GoalForm {
  const input: GoalInput = {
    goal: goal.id,
    case: goal.case,
    title: textOf(goal, 'title'),
    clientWords: textOf(goal, 'client_words'),
    area: lineOf(goal, 'area'),
    status: (lineOf(goal, 'status') ?? 'agreed') as GoalStatus,
    reviewOn: textOf(goal, 'review_on'),
    steps: stepsOf(goal).map(({ id, text, order, doer, help }) => ({
      id,
      text,
      order,
      doer,
      help,
    })),
    template: textOf(goal, 'template'),
    more: kindFormOf('goal', goal, goal.id, goal.case).input,
  };
  return { input, opened: baselineOf([goal]) };
}

export function newGoalForm(goal: string, caseId: string): GoalForm {
  const input: GoalInput = {
    goal,
    case: caseId,
    title: '',
    clientWords: '',
    area: null,
    status: 'agreed',
    reviewOn: '',
    steps: [],
    template: '',
    more: kindFormOf('goal', null, goal, caseId).input,
  };
  return { input, opened: baselineOf([]) };
}

export function withStep(input: GoalInput, id: string): GoalInput {
  const order = Math.max(-1, ...input.steps.map((step) => step.order)) + 1;
  return { ...input, steps: [...input.steps, { id, text: '', order }] };
}

export function withStepMoved(input: GoalInput, id: string, by: number): GoalInput {
  return { ...input, steps: reordered(input.steps, id, by) };
}

export type GoalError = 'title' | 'step' | 'review' | 'words' | 'more';

/** `begun`: the form as it opened, of a goal that is stored. */
export function goalErrors(input: GoalInput, begun?: GoalInput): GoalError[] {
  const errors: GoalError[] = [];
  const { title, steps, reviewOn, clientWords } = input;
  if (title.trim() === '' || isTooLong(title, LINE_CHARS_MAX)) errors.push('title');
  if (steps.some(({ text }) => isTooLong(text, LINE_CHARS_MAX))) errors.push('step');
  if (reviewOn !== '' && reviewOn !== begun?.reviewOn && !isDay(reviewOn)) errors.push('review');
  if (isTooLong(clientWords, NOTE_CHARS_MAX)) errors.push('words');
  if (input.more && faultsIn(input.more).size > 0) errors.push('more');
  return errors;
}

/** Steps merge one by one, so each is set only where its words or its place changed. */
export function goalEdit({ input, opened, begun }: GoalForm): Edit | null {
  const more = moreValues(input.more, opened);
  const spelled = { ...more.spelled, ...(begun && goalValues(begun, opened)) };
  const wanted = { ...more.wanted, ...goalValues(input, opened) };
  return editOf(opened, goalTarget(input), wanted, spelled);
}

function goalValues(input: GoalInput, opened: FormBaseline): Record<string, Json> {
  const set: Record<string, Json> = {
    title: input.title.trim(),
    client_words: input.clientWords.trim(),
    area: input.area,
    status: input.status,
    review_on: input.reviewOn,
    ...(input.template === undefined ? {} : { template: input.template || null }),
  };
  for (const { id, text, order, doer = '', help = '' } of input.steps) {
    const path = `steps/${id}`;
    if (text.trim() !== '' || isKnown(opened, input.goal, id)) {
      const before = baselineValue(opened, input.goal, path);
      set[path] =
        text.trim() === ''
          ? null
          : withParts(before, {
              text: text.trim(),
              order,
              doer: doer || null,
              help_level: help || null,
            });
    }
  }
  return set;
}

function isKnown(opened: FormBaseline, goal: string, step: string): boolean {
  return own(opened.values, goal)?.[`steps/${step}`] !== undefined;
}

function goalTarget(input: GoalInput): Target {
  return { record: input.goal, kind: 'goal', case: input.case };
}

/** Ticks a step off, or takes the tick back, straight from the goal as it is shown. */
export function stepTickEdit(
  goal: RecordView,
  step: string,
  done: { on: Day; by: string } | null,
): Edit | null {
  const target = { record: goal.id, kind: 'goal', case: goal.case };
  return editOf(baselineOf([goal]), target, { [`steps_done/${step}`]: done && { ...done } });
}

/** until the next review, where nobody has chosen a day */
const REVIEW_DAYS = 90;

/** Reviewed on this day, and when again. */
export function reviewedEdit(goal: RecordView, today: Day): Edit | null {
  const target = { record: goal.id, kind: 'goal', case: goal.case };
  const values = { reviewed_on: today, review_on: addDays(today, REVIEW_DAYS) };
  return editOf(baselineOf([goal]), target, values);
}

/** The form after its person took a newer value: that part of it as `fresh` has it, the rest as typed. */
export function goalWithTaken(input: GoalInput, fresh: GoalInput, path: string): GoalInput {
  const [field, item] = splitPath(path);
  switch (field) {
    case 'title':
      return { ...input, title: fresh.title };
    case 'client_words':
      return { ...input, clientWords: fresh.clientWords };
    case 'area':
      return { ...input, area: fresh.area };
    case 'status':
      return { ...input, status: fresh.status };
    case 'review_on':
      return { ...input, reviewOn: fresh.reviewOn };
    case 'template':
      return fresh.template === undefined ? input : { ...input, template: fresh.template };
    case 'steps': {
      const others = input.steps.filter(({ id }) => id !== item);
      const taken = fresh.steps.filter(({ id }) => id === item);
      return { ...input, steps: [...others, ...taken].sort((a, b) => a.order - b.order) };
    }
    default:
      return input.more && fresh.more
        ? { ...input, more: withTakenField(input.more, fresh.more, path) }
        : input;
  }
}
