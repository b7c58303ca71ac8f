/** Which of the work done fills the contract; what was agreed is in `contract.ts`. */

import type { RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { itemsOf, partsOf, partText } from './records.ts';
import { outcomeOf } from './visits.ts';
import { isRemoved } from '../rules/merge.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { monthOf } from './wall_clock.ts';
import type { VisitOutcome } from '../rules/constants.ts';

/** What the catalogue says of hours; by code. */
export interface HourRules {
  /** outcomes after which a visit counts as delivered */
  delivered: Set<VisitOutcome>;
  /** kinds of time that fill the contract: direct and indirect client work */
  counting: Set<string>;
}

/** The rules as the catalogue has them: its outcomes and kinds of time. */
export function hourRulesOf(outcomes: CatalogueEntry[], timeKinds: CatalogueEntry[]): HourRules {
  const marked = (entries: CatalogueEntry[], mark: string) =>
    new Set(entries.filter((entry) => own(entry, mark) === true).map((entry) => entry.code));
  return {
    delivered: marked(outcomes, 'counts_as_delivered') as Set<VisitOutcome>,
    counting: marked(timeKinds, 'counts_to_contract_default'),
  };
}

/** An entry of the catalogue with whatever it says. */
interface CatalogueEntry {
  code: string;
  [more: string]: unknown;
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

/** When a visit began, whose day its minutes belong to; it may not say when it ended. */
export function begunAt(visit: RecordView): Instant | null {
  return partText(partsOf(visit, 'actual'), 'start') ?? partText(partsOf(visit, 'plan'), 'start');
}

export function deliveredMinutes(visits: RecordView[], month: string, rules: HourRules): number {
  return visits
    .filter((visit) => monthOf(dayOf(begunAt(visit) ?? '')) === month)
    .reduce((sum, visit) => sum + countedMinutes(visit, rules), 0);
}
