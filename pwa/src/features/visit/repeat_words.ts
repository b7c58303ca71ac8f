/** Why a series cannot be planned, with what to do about it. */

import { lastDayOf, type RepeatFault } from '../../forms/series.ts';
import { SERIES_VISITS_MAX } from '../../rules/constants.ts';
import { dayOf } from '../../rules/time.ts';
import type { Span } from '../../domain/visits.ts';
import { words } from '../../words/index.svelte.ts';
import { format } from '../../words/format.svelte.ts';

export function repeatFaultText(fault: RepeatFault, weeks: number, first: Span | null): string {
  if (fault !== 'tooMany' || first === null) return words.visit.repeatFaults[fault as 'missing'];
  const last = format.date(lastDayOf(dayOf(first.start), weeks));
  return words.visit.tooManyVisits(SERIES_VISITS_MAX, last);
}
