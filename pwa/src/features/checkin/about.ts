/** Whom a check-in is about and whom it alarms, in words: a screen that says only that something is on reassures nobody. */

import { app } from '../../app/app.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { checkIn, type CheckInShape } from '../../app/check_in.svelte.ts';

/** The client of its visit; of one that was started without a visit the client it was started for, on this device. */
export function clientOf({ visit }: CheckInShape): string {
  const byVisit = app.summaries.find(({ visits }) => visits.some((one) => one.record === visit));
  return (byVisit ?? app.byCase.get(checkIn.caseId ?? ''))?.name ?? '';
}

export function alarmedBy({ colleague }: CheckInShape): string {
  if (checkIn.isPractice) return words.checkIn.practised;
  return colleague === null
    ? words.checkIn.alarmsTeam
    : words.checkIn.alarmsFirst(app.nameOf(colleague));
}
