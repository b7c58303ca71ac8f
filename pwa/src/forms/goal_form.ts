/** The form of a goal: its title in the client's words, its area and status, and its steps in order. */

import { reordered, stepsOf } from '../domain/goals.ts';
import { lineOf, splitPath, textOf } from '../domain/records.ts';
import type { Day } from '../domain/time.ts';
import type { Edit, Json, RecordView } from '../store/engine.ts';
import { editOf, openedWith, type Opened, type Target } from './opened.ts';

interface StepInput {
  id: string;
  text: string;
  order: number;
}

export interface GoalInput {
  goal: string;
  case: string;
  title: string;
  clientWords: string;
  area: string | null;
  status: string;
  /** a day, or nothing */
  reviewOn: string;
  steps: StepInput[];
}

interface GoalForm {
  input: GoalInput;
  opened: Opened;
}

export function goalFormOf(goal: RecordView): GoalForm {
  const input: GoalInput = {
    goal: goal.id,
    case: goal.case,
    title: textOf(goal, 'title'),
    clientWords: textOf(goal, 'client_words'),
    area: lineOf(goal, 'area'),
    status: lineOf(goal, 'status') ?? 'agreed',
    reviewOn: textOf(goal, 'review_on'),
    steps: stepsOf(goal).map(({ id, text, order }) => ({ id, text, order })),
  };
  return { input, opened: openedWith([goal]) };
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
  };
  return { input, opened: openedWith([]) };
}

export function withStep(input: GoalInput, id: string): GoalInput {
  const order = Math.max(-1, ...input.steps.map((step) => step.order)) + 1;
  return { ...input, steps: [...input.steps, { id, text: '', order }] };
}

export function withStepMoved(input: GoalInput, id: string, by: number): GoalInput {
  return { ...input, steps: reordered(input.steps, id, by) };
}

type GoalError = 'title';

export function goalErrors(input: GoalInput): GoalError[] {
  return input.title.trim() === '' ? ['title'] : [];
}

/** Steps merge one by one, so each is set only where its words or its place changed. */
export function goalEdit({ input, opened }: GoalForm): Edit | null {
  const set: Record<string, Json> = {
    title: input.title.trim(),
    client_words: input.clientWords.trim(),
    area: input.area,
    status: input.status,
    review_on: input.reviewOn,
  };
  for (const { id, text, order } of input.steps) {
    if (text.trim() !== '' || isKnown(opened, input.goal, id)) {
      set[`steps/${id}`] = text.trim() === '' ? null : { text: text.trim(), order };
    }
  }
  return editOf(opened, goalTarget(input), set);
}

function isKnown(opened: Opened, goal: string, step: string): boolean {
  return opened.values[goal]?.[`steps/${step}`] !== undefined;
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
  return editOf(openedWith([goal]), target, { [`steps_done/${step}`]: done && { ...done } });
}

/** The form after its person took a newer value: that part of it as `fresh` has it, the rest as typed. */
export function withTakenPart(input: GoalInput, fresh: GoalInput, path: string): GoalInput {
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
    case 'steps': {
      const others = input.steps.filter(({ id }) => id !== item);
      const taken = fresh.steps.filter(({ id }) => id === item);
      return { ...input, steps: [...others, ...taken].sort((a, b) => a.order - b.order) };
    }
    default:
      return input;
  }
}
