/** A listed record as a row reads it: its columns, and nothing else. Pure. */

import type { ListedRecord, RecordView } from '../../model/engine.ts';
import type { Version } from '../../rules/merge.ts';

export function asRecord({ record, kind, values }: ListedRecord, caseId: string): RecordView {
  const fields = Object.entries(values).map(([name, value]): [string, Version[]] => [
    name,
    [{ change: '', rank: '', author: '', value }],
  ]);
  return { id: record, kind, case: caseId, fields: Object.fromEntries(fields), pending: [] };
}
