/** Removing without deleting (M7): what a removal saw, what has come since, and bringing back. */

import type { Edit, RecordView } from '../model/engine.ts';
import { isRemoved, removal, type Removal, type Version } from '../rules/merge.ts';
import { shownIdsAt } from './records.ts';

/** Who removed it. */
export function remover(record: RecordView): Version | null {
  return isRemoved(record) ? (record.fields['removed']?.[0] ?? null) : null;
}

/** Why something is removed: a code of `void_reason`, and words where the code does not say it all. */
interface VoidReason {
  why: string | null;
  words: string;
}

/** The edit that removes a record as it is shown. What was not said is left out, as by older phones. */
export function removalOf(record: RecordView, { why, words }: VoidReason = NO_REASON): Edit {
  const said = words.trim();
  const reason = { ...(why === null ? {} : { why }), ...(said === '' ? {} : { words: said }) };
  return edit(record, { ...removal(record), ...reason });
}

const NO_REASON: VoidReason = { why: null, words: '' };

/** Others may have read it: something of it has been sent. */
export function hasLeftHere({ fields, pending }: RecordView): boolean {
  return Object.values(fields).some((versions) =>
    versions.some(({ change }) => !pending.includes(change)),
  );
}

/** The edit that brings a removed record back. */
export function returnOf(record: RecordView): Edit {
  return edit(record, null);
}

function edit(record: RecordView, removed: Removal | null): Edit {
  const seen = shownIdsAt(record, 'removed');
  return {
    record: record.id,
    kind: record.kind,
    case: record.case,
    set: { removed },
    seen: seen.length > 0 ? { removed: seen } : {},
  };
}
