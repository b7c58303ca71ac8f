/** What may tell of another person than the client. Pure. */

import type { RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';

/** The mark of what may tell of another person. */
export const OF_OTHERS = 'third_party_info';

/** Whether anybody marked it so, settled or not: then it is not shown to the client. */
export function isOfOthers(record: RecordView): boolean {
  return (own(record.fields, 'visibility') ?? []).some(({ value }) => value === OF_OTHERS);
}
