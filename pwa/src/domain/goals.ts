/** Goals: their steps in order, and how they have moved from visit to visit. */

import type { Json, RecordView } from '../model/engine.ts';
import { asParts, itemsOf, lineOf, partText, shownValue } from './records.ts';
import { isRemoved } from '../rules/merge.ts';
import type { Day, Instant } from '../rules/time.ts';
import { startOf, visitsOf } from './visits.ts';
import type { GoalStatus } from '../rules/constants.ts';

export type Move = 'forward' | 'same' | 'back';
export const moves: readonly Move[] = ['forward', 'same', 'back'];

const openStatuses = new Set<GoalStatus>(['proposed', 'agreed', 'in_progress']);

export interface GoalStep {
  id: string;
  text: string;
  order: number;
  doneOn: Day | null;
  doneBy: string | null;
  /** codes; '' where nobody has said */
  doer: string;
  help: string;
}

export function stepsOf(goal: RecordView | null): GoalStep[] {
  const done = itemsOf(goal, 'steps_done');
  return [...itemsOf(goal, 'steps')]
    .map(([id, value]) => {
      const parts = asParts(value);
      const tick = asParts(done.get(id) ?? null);
      return {
        id,
        text: partText(parts, 'text') ?? '',
        order: typeof parts['order'] === 'number' ? parts['order'] : 0,
        doneOn: partText(tick, 'on'),
        doneBy: partText(tick, 'by'),
        doer: partText(parts, 'doer') ?? '',
        help: partText(parts, 'help_level') ?? '',
      };
    })
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** `steps` with one moved by `by` places, numbered anew from 0. */
export function reordered<T extends { id: string; order: number }>(
  steps: T[],
  id: string,
  by: number,
): T[] {
  const from = steps.findIndex((step) => step.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= steps.length) return steps;
  const moved = [...steps];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved.map((step, order) => ({ ...step, order }));
}

export function isOpenGoal(goal: RecordView): boolean {
  return !isRemoved(goal) && openStatuses.has((lineOf(goal, 'status') ?? 'agreed') as GoalStatus);
}

interface GoalList {
  open: RecordView[];
  closed: RecordView[];
  removed: RecordView[];
}

/** Open goals by their review date, the undated last; ended and removed ones apart. */
export function goalsOf(records: readonly RecordView[]): GoalList {
  const goals = records.filter((record) => record.kind === 'goal');
  const review = (goal: RecordView) => lineOf(goal, 'review_on') ?? '9999';
  goals.sort((a, b) => (`${review(a)} ${a.id}` < `${review(b)} ${b.id}` ? -1 : 1));
  return {
    open: goals.filter(isOpenGoal),
    closed: goals.filter((goal) => !isRemoved(goal) && !isOpenGoal(goal)),
    removed: goals.filter(isRemoved),
  };
}

export interface GoalMove {
  visit: string;
  at: Instant;
  move: Move;
}

/** How a goal moved at the visits, oldest first. */
export function movesOf(goalId: string, records: RecordView[]): GoalMove[] {
  return visitsOf(records)
    .map((visit) => ({
      visit: visit.id,
      at: startOf(visit) ?? '',
      move: shownValue(visit, `goal_moves/${goalId}`),
    }))
    .filter((one): one is GoalMove => isMove(one.move))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

function isMove(value: Json): value is Move {
  return moves.some((move) => move === value);
}

/** What the last visit said, and at how many in a row; `null` before the first. What was said before does not soften it. */
export function trendOf(history: GoalMove[]): { move: Move; inARow: number } | null {
  const last = history.at(-1)?.move;
  if (last === undefined) return null;
  const before = history.findLastIndex(({ move }) => move !== last);
  return { move: last, inARow: history.length - 1 - before };
}

/** How often each was said. */
export function countsOf(history: GoalMove[]): { move: Move; count: number }[] {
  return moves
    .map((move) => ({ move, count: history.filter((one) => one.move === move).length }))
    .filter(({ count }) => count > 0);
}
