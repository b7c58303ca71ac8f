/** Removing without deleting (M7): what a removal saw, what has come since, and bringing back. */

import type { Edit, RecordView } from '../model/engine.ts';
import { isRemoved, removal, type Version } from '../rules/merge.ts';
import { shownIdsAt } from './records.ts';

/** Who removed it. */
export function remover(record: RecordView): Version | null {
  return isRemoved(record) ? (record.fields['removed']?.[0] ?? null) : null;
}

/** The edit that removes a record as it is shown. */
export function removalOf(record: RecordView): Edit {
  return edit(record, removal(record));
}

/** The edit that brings a removed record back. */
export function returnOf(record: RecordView): Edit {
  return edit(record, null);
}

function edit(record: RecordView, removed: { saw: string[] } | null): Edit {
  const seen = shownIdsAt(record, 'removed');
  return {
    record: record.id,
    kind: record.kind,
    case: record.case,
    set: { removed },
    seen: seen.length > 0 ? { removed: seen } : {},
  };
}
