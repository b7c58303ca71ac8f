/** A client's deadlines, what is late apart from what comes (Q1). */

import { fallingDueAmong, type FallingDue } from '../domain/falling_due.ts';
import type { RecordView } from '../model/engine.ts';
import { addDays, type Day } from '../rules/time.ts';

const AHEAD_DAYS = 60;
const REVIEWED = ['goal', 'rating', 'plan'];

/** Each list by its day; of what is late, what is only to be looked at again comes last. */
export function deadlinesIn(
  records: readonly RecordView[],
  today: Day,
): { late: FallingDue[]; coming: FallingDue[] } {
  const due = fallingDueAmong(records, today).filter(
    ({ day }) => day <= addDays(today, AHEAD_DAYS),
  );
  const isReview = ({ kind }: FallingDue) => Number(REVIEWED.includes(kind));
  return {
    late: due.filter(({ day }) => day < today).sort((a, b) => isReview(a) - isReview(b)),
    coming: due.filter(({ day }) => day >= today),
  };
}
