/**
 * [R14] What a device sealed before its store called things by the field's words. A value is translated when it is read, and
 * sealed by its new names when it is next written: nothing can be sealed anew in an upgrade of the database (`db.ts`).
 */

import { own } from '../rules/own.ts';

/** What is missing here is as well begun anew: `durable` at 0, `alone` as not known. */
const NAMES = {
  era: 'resetCount',
  carried: 'lastSentCounter',
  handed: 'escalated',
};

/** Of a row that was just opened, or of each in it; nobody else has it yet. */
export function withTodaysNames<T>(opened: T): T {
  for (const row of [opened].flat() as Record<string, unknown>[]) {
    if (!(row instanceof Object)) continue;
    for (const [old, name] of Object.entries(NAMES))
      if (Object.hasOwn(row, old)) {
        row[name] = own(row, old);
        Reflect.deleteProperty(row, old);
      }
    if (row['state'] === 'held') row['state'] = 'in_review';
  }
  return opened;
}
