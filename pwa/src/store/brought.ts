/** What a reply brings: by case file, its records and the texts they came as; and the latest moment it speaks of. */

import { CLOCK_DRIFT_MAX_MS, write } from '../rules/clock.ts';
import { recordsOf, type Run } from '../sync/runs.ts';
import type { Page, Verdicts } from '../sync/wire.ts';
import type { WireRecord } from './records.ts';

/** What a reply brings of a case file: records, and runs of records that are text still. */
export interface Brought {
  records: WireRecord[];
  runs: Run[];
}

export function broughtBy({
  touched,
  records = [],
  runs = [],
}: Verdicts & Partial<Page>): Map<string, Brought> {
  const byCase = new Map<string, Brought>();
  const of = (caseId: string): Brought => {
    const brought = byCase.get(caseId) ?? { records: [], runs: [] };
    byCase.set(caseId, brought);
    return brought;
  };
  for (const record of [...touched, ...records]) of(record.case).records.push(record);
  for (const run of runs) of(run.case).runs.push(run);
  return byCase;
}

/** The records, and the texts of those that came as text. */
export function opened({ records, runs }: Brought): { records: WireRecord[]; texts: string[] } {
  const texts = Array<string>(records.length);
  const all = [...records];
  for (const run of runs) {
    const own = recordsOf(run);
    all.push(...own);
    // A value that looks like the beginning of a record was cut as one.
    texts.push(...(own.length === run.texts.length ? run.texts : Array<string>(own.length)));
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
