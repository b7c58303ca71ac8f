/** What a reply brings: by case file, its records and the texts they came as; and the latest moment it speaks of. */

import { CLOCK_DRIFT_MAX_MS, write } from '../../rules/clock.ts';
import { recordsOf } from '../record_batches.ts';
import type { Page, RecordBatch, Verdicts } from '../messages.ts';
import type { WireRecord } from '../../store/records.ts';

/** What a reply brings of a case file: records, and batches of records that are text still. */
interface CaseRecords {
  records: WireRecord[];
  batches: RecordBatch[];
}

export function groupByCase({
  touched,
  records = [],
  batches = [],
}: Verdicts & Partial<Page>): Map<string, CaseRecords> {
  const byCase = new Map<string, CaseRecords>();
  const of = (caseId: string): CaseRecords => {
    const ofCase = byCase.get(caseId) ?? { records: [], batches: [] };
    byCase.set(caseId, ofCase);
    return ofCase;
  };
  for (const record of [...touched, ...records]) of(record.case).records.push(record);
  for (const batch of batches) of(batch.case).batches.push(batch);
  return byCase;
}

/** The records, and the texts of those that came as text. */
export function parsedRecords({ records, batches }: CaseRecords): {
  records: WireRecord[];
  texts: string[];
} {
  const texts = Array<string>(records.length);
  const all = [...records];
  for (const batch of batches) {
    const own = recordsOf(batch);
    all.push(...own);
    // A value that looks like the beginning of a record was cut as one.
    texts.push(...(own.length === batch.texts.length ? batch.texts : Array<string>(own.length)));
  }
  return { records: all, texts };
}

/** No rank from here on is followed (C3). */
export function ceiling(nowMs: number): string {
  const node = '0'.repeat(12);
  return write({ time_ms: nowMs + CLOCK_DRIFT_MAX_MS + 1, counter: 0, node });
}

export function latestRank(records: WireRecord[], before: string, bound: string): string {
  let latest = before;
  for (const { by } of records)
    for (const [, rank] of by) if (rank > latest && rank < bound) latest = rank;
  return latest;
}
