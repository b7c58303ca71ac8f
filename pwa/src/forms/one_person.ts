/** A client who was entered twice: joined, and taken apart again (H7). Nothing moves; one header names the other. */

import { lineOf } from '../domain/records.ts';
import type { Edit, RecordView } from '../model/engine.ts';
import { baselineOf, editOf } from './baseline.ts';

const DUPLICATE_OF = 'duplicate_of';

/** The edits that join two clients: what was joined the other way round is turned. */
export function joiningEdits(kept: RecordView, duplicate: RecordView): Edit[] {
  return [headerEdit(duplicate, kept.case), ...released(kept, [duplicate.case])].filter(
    (edit) => edit !== null,
  );
}

/** The edits that take a duplicate out of its client, though two people joined them in either direction at once. */
export function apartEdits(duplicate: RecordView, kept: RecordView | null): Edit[] {
  return [headerEdit(duplicate, null), ...(kept ? released(kept, [duplicate.case]) : [])].filter(
    (edit) => edit !== null,
  );
}

/** The kept header names none of these any more. A file that is not read here it may go on naming. */
function released(kept: RecordView, files: readonly string[]): (Edit | null)[] {
  const named = lineOf(kept, DUPLICATE_OF);
  return named !== null && files.includes(named) ? [headerEdit(kept, null)] : [];
}

function headerEdit(header: RecordView, other: string | null): Edit | null {
  const target = { record: header.id, kind: 'case', case: header.case };
  return editOf(baselineOf([header]), target, { [DUPLICATE_OF]: other });
}
