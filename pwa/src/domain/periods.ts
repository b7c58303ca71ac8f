/** The periods that a report is asked for: whole months and years, counted from a day. Pure. */

import { addDays, type Day } from '../rules/time.ts';
import { daysInMonth, monthOf } from './wall_clock.ts';

export const periods = [
  'last_month',
  'this_month',
  'last_quarter',
  'this_year',
  'last_year',
  'own',
] as const;
export type PeriodName = (typeof periods)[number];

export interface Days {
  from: Day;
  to: Day;
}

/** `own` is what somebody chose, or the last month until they have. */
export function daysOfPeriod(name: PeriodName, today: Day, own: Days | null = null): Days {
  const month = monthOf(today);
  const before = (months: number) => monthBefore(month, months);
  const year = Number(today.slice(0, 4));
  switch (name) {
    case 'this_month':
      return wholeMonths(month, month);
    case 'last_quarter':
      return wholeMonths(before(3), before(1));
    case 'this_year':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case 'last_year':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    case 'own':
      return own ?? wholeMonths(before(1), before(1));
    case 'last_month':
      return wholeMonths(before(1), before(1));
  }
}

function wholeMonths(first: string, last: string): Days {
  return { from: `${first}-01`, to: `${last}-${String(daysInMonth(last)).padStart(2, '0')}` };
}

function monthBefore(month: string, count: number): string {
  let found = month;
  for (let step = 0; step < count; step += 1) found = monthOf(addDays(`${found}-01`, -1));
  return found;
}
