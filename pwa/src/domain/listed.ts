/** Of which days the small index lists every visit (F4): of earlier ones the logged visits stand in the case files only. Pure. */

import { loggedBackDays } from './summary.ts';
import { addDays, type Day } from '../rules/time.ts';

export function isListed(day: Day, today: Day): boolean {
  return day >= addDays(today, -loggedBackDays);
}
