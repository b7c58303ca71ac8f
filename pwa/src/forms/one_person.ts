/** A client who was entered twice: joined, and taken apart again (H7). Nothing moves; one header names the other. */

import type { Edit, RecordView } from '../model/engine.ts';
import { baselineOf, editOf } from './baseline.ts';

/** The edits that join two clients. The kept header names nobody from now on: a circle would tell no two apart. */
export function joiningEdits(kept: RecordView, duplicate: RecordView): Edit[] {
  const edits = [headerEdit(duplicate, kept.case), headerEdit(kept, null)];
  return edits.filter((edit) => edit !== null);
}

export function apartEdit(header: RecordView): Edit | null {
  return headerEdit(header, null);
}

function headerEdit(header: RecordView, other: string | null): Edit | null {
  const target = { record: header.id, kind: 'case', case: header.case };
  return editOf(baselineOf([header]), target, { duplicate_of: other });
}
