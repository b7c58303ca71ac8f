/** Moving a planned visit in the calendar: what was on the screen when it was taken up, and where it was put down. */

import { sameValue, shownValue } from '../domain/records.ts';
import { spanOf, type Span } from '../domain/visits.ts';
import type { Edit, RecordView } from '../model/engine.ts';
import { editOf, baselineOf } from './baseline.ts';
import { spanValue, timesOf } from './times.ts';

/** It goes from one person to another: from the one who makes it, or from the one who comes along. */
export interface GivenAway {
  as: 'worker' | 'partner';
  /** as the calendar showed it */
  was: string | null;
  to: string;
}

/**
 * `visit` as it was read when it was taken up, `shown` the span that the calendar showed then, `to` where it is put down. If the
 * record holds another plan than was shown, nobody has seen that one, and the edit says so (M10, R9); so with whom it was with.
 * `null`: nothing moved.
 */
export function moveEdit(
  visit: RecordView,
  shown: Span,
  to: Span,
  handed?: GivenAway,
): Edit | null {
  const opened = baselineOf([visit]);
  const plan = spanOf(visit, 'plan');
  const isAsShown =
    plan !== null &&
    sameValue({ ...plan }, { ...shown }) &&
    (!handed || shownValue(visit, handed.as) === handed.was);
  return editOf(
    isAsShown ? opened : { ...opened, seen: {} },
    { record: visit.id, kind: 'visit', case: visit.case },
    {
      plan: spanValue(timesOf(to), shownValue(visit, 'plan')),
      ...(handed && { [handed.as]: handed.to }),
    },
  );
}
