/** The minutes of a case in a month: done and agreed. */

import { contractedMinutes, contractOf } from '../domain/contract.ts';
import { deliveredMinutes } from '../domain/hours.ts';
import { visitsOf } from '../domain/visits.ts';
import type { RecordView } from '../model/engine.ts';
import { catalogueHourRules } from './service_terms.ts';

/** The month is `YYYY-MM`. */
export function hoursInMonth(client: RecordView | null, records: RecordView[], month: string) {
  return {
    delivered: deliveredMinutes(visitsOf(records), month, catalogueHourRules()),
    agreed: contractedMinutes(contractOf(client, records), month),
  };
}
