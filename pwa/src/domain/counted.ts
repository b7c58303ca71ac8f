/** Days and nights that a record counts from its own days (G8). Pure. */

import { kindOf } from '../kinds/declared.ts';
import type { RecordView } from '../model/engine.ts';
import { isDay } from '../rules/dates.ts';
import { own } from '../rules/own.ts';
import type { Day } from '../rules/time.ts';
import { shownValue } from './records.ts';

const DAY_MS = 86_400_000;

/** From its first day to its last, or until today; null where it has not begun. A day counts whole, a night by its morning. */
export function countedIn(record: RecordView, name: string, today: Day): number | null {
  const count = own(kindOf(record.kind)?.counts, name);
  if (count === undefined) return null;
  const from = shownValue(record, count.from);
  const to = shownValue(record, count.to) ?? today;
  if (!isDay(from) || !isDay(to) || from > to) return null;
  const nights = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return count.unit === 'nights' ? nights : nights + 1;
}
