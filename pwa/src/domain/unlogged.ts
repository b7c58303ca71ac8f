/** What was planned for a day and is not logged. A file of its own, since Tänään is painted without it. */

import type { RecordView } from '../model/engine.ts';
import { dayOf, msOf, type Day } from '../rules/time.ts';
import { plannedVisits, spanOf } from './visits.ts';

/** Planned for one of the days, or past midnight into one, and not logged; the earliest first (E7). */
export function unloggedOn(records: RecordView[], ...days: Day[]): RecordView[] {
  return plannedVisits(records, '').filter((visit) => {
    const plan = spanOf(visit, 'plan');
    return plan && [dayOf(plan.start), dayOf(msOf(plan.end) - 1)].some((day) => days.includes(day));
  });
}
