/** Hours against the contract: what was agreed for a month, and which of the work done fills it. */

import type { RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { phaseOn, type PhasePeriod, type Service } from './phase_history.ts';
import { itemsOf, partsOf, partText } from './records.ts';
import { outcomeOf } from './visits.ts';
import { isRemoved } from '../rules/merge.ts';
import { dayOf } from '../rules/time.ts';
import { daysInMonth, daysOf, monthOf } from './wall_clock.ts';
import type { VisitOutcome } from '../rules/constants.ts';

/** What the catalogue says of hours; by code. */
export interface HourRules {
  phaseHours: Record<string, number>;
  /** outcomes after which a visit counts as delivered */
  delivered: Set<VisitOutcome>;
  /** kinds of time that fill the contract: direct and indirect client work */
  counting: Set<string>;
}

/** The rules as the catalogue has them: its phases, outcomes and kinds of time. */
export function hourRulesOf(
  phases: CatalogueEntry[],
  outcomes: CatalogueEntry[],
  timeKinds: CatalogueEntry[],
): HourRules {
  const hoursOfPhase = phases.map(
    ({ code, contracted_hours_per_month: hours }): [string, number] => [
      code,
      typeof hours === 'number' ? hours : 0,
    ],
  );
  const marked = (entries: CatalogueEntry[], mark: string) =>
    new Set(entries.filter((entry) => own(entry, mark) === true).map((entry) => entry.code));
  return {
    phaseHours: Object.fromEntries(hoursOfPhase),
    delivered: marked(outcomes, 'counts_as_delivered') as Set<VisitOutcome>,
    counting: marked(timeKinds, 'counts_to_contract_default'),
  };
}

/** An entry of the catalogue with whatever it says. */
interface CatalogueEntry {
  code: string;
  [more: string]: unknown;
}

/** Contracted = Σ over the month's active days of (the phase's hours ÷ days in the month). In minutes. */
export function contractedMinutes(
  history: PhasePeriod[],
  service: Service,
  month: string,
  rules: HourRules,
): number {
  const monthly = daysOf(month)
    .filter((day) => (service.start ?? day) <= day && day <= (service.end ?? day))
    .map((day) => phaseOn(history, day))
    .reduce((sum, period) => sum + (period ? hoursOf(period, rules) : 0), 0);
  return Math.round((monthly * 60) / daysInMonth(month));
}

/** Hours a month in a phase: the case's own agreement, or the catalogue's. */
export function hoursOf(period: PhasePeriod, rules: HourRules): number {
  return period.hoursPerMonth ?? own(rules.phaseHours, period.phase) ?? 0;
}

/** Minutes of a visit that fill the contract. Plans, no-shows, travel and recording do not. */
export function countedMinutes(visit: RecordView, rules: HourRules): number {
  const { code: outcome } = outcomeOf(visit);
  if (outcome === null || !rules.delivered.has(outcome) || isRemoved(visit)) return 0;
  let minutes = 0;
  for (const [kind, value] of itemsOf(visit, 'minutes')) {
    if (rules.counting.has(kind) && typeof value === 'number') minutes += value;
  }
  return minutes;
}

/** The month a visit's minutes belong to: that of the day it took place. */
function visitMonth(visit: RecordView): string | null {
  const start =
    partText(partsOf(visit, 'actual'), 'start') ?? partText(partsOf(visit, 'plan'), 'start');
  return start === null ? null : monthOf(dayOf(start));
}

export function deliveredMinutes(visits: RecordView[], month: string, rules: HourRules): number {
  return visits
    .filter((visit) => visitMonth(visit) === month)
    .reduce((sum, visit) => sum + countedMinutes(visit, rules), 0);
}
