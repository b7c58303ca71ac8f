/** A client who was entered twice: joined, and taken apart again (H7). Nothing moves; one header names the other. */

import { lineOf, listOf } from '../domain/records.ts';
import type { Edit, RecordView } from '../model/engine.ts';
import { baselineOf, editOf } from './baseline.ts';

/** The edits that join two clients: of the duplicate's header, and where it has flags of safety of the kept one's too. */
export function joiningEdits(kept: RecordView, duplicate: RecordView): Edit[] {
  const flags = [...new Set([...listOf(kept, 'safety'), ...listOf(duplicate, 'safety')])];
  const notes = [lineOf(kept, 'safety_note'), lineOf(duplicate, 'safety_note')];
  const note = [...new Set(notes.filter((one) => one !== null))].join(' · ');
  return [
    headerEdit(duplicate, { duplicate_of: kept.case }),
    headerEdit(kept, { safety: flags, safety_note: note || null }),
  ].filter((edit) => edit !== null);
}

export function apartEdit(duplicate: RecordView): Edit | null {
  return headerEdit(duplicate, { duplicate_of: null });
}

function headerEdit(header: RecordView, wanted: Parameters<typeof editOf>[2]): Edit | null {
  const target = { record: header.id, kind: 'case', case: header.case };
  return editOf(baselineOf([header]), target, wanted);
}
