/** Where a reminder leads: to the thing that it is about. */

import { kindOfCause } from '../../kinds/fields.ts';
import { paths } from '../../app/paths.ts';
import type { Reminder } from './inbox.svelte.ts';

export function whereTo({ kind, case: caseId, record }: Reminder): string {
  if (kind === 'checkin_soon' || kind === 'checkin_due') return paths.checkIn;
  if (kind.startsWith('checkin')) return paths.out;
  if (kind === 'draft_unfinished' || caseId === null) return paths.today;
  if (kind === 'goal_review') return paths.goal(caseId, record);
  const declared = kindOfCause(kind);
  if (declared !== null) return paths.record(declared, caseId, record);
  const isVisit = kind.startsWith('visit') || kind === 'entry_unfinished';
  return isVisit ? paths.visit(caseId, record) : paths.client(caseId);
}
