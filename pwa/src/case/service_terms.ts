/** What is agreed for a case now, by its records and the catalogue: phase, rhythm. */

import { hourRulesOf, type HourRules } from '../domain/hours.ts';
import { rhythmDaysOf, suggestNext, suggestRetry } from '../domain/next_visit.ts';
import { phaseHistory, phaseOn, type PhasePeriod } from '../domain/phase_history.ts';
import { dayOf } from '../rules/time.ts';
import { type Span } from '../domain/visits.ts';
import type { RecordView } from '../model/engine.ts';
import { offered } from '../words/catalogue.svelte.ts';
import type { VisitOutcome } from '../rules/constants.ts';

/** The catalogue's rules of hours done; read it in a `$derived`, since the catalogue arrives after the first screen. */
export function catalogueHourRules(): HourRules {
  return hourRulesOf(offered('visit_outcome'), offered('time_entry_kind'));
}

export function phaseNow(client: RecordView | null, now: number): PhasePeriod | null {
  return phaseOn(phaseHistory(client), dayOf(now));
}

/** The turn of the rhythm that follows a visit. */
export function nextAfter(client: RecordView | null, last: Span, now: number): Span | null {
  const phase = phaseNow(client, now)?.phase ?? null;
  return suggestNext(last, rhythmDaysOf(client, phase), dayOf(now));
}

/** Another attempt, where nobody was met. */
export function retryAfter(last: Span, now: number): Span | null {
  return suggestRetry(last, dayOf(now));
}

/** Is a visit with this outcome one that took place? */
export function isDelivered(outcome: VisitOutcome | null): boolean {
  return outcome !== null && catalogueHourRules().delivered.has(outcome);
}
