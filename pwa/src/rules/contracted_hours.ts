/**
 * Which hours are agreed for which days of a case (Z21). Twin of `server/rules/contracted_hours.py`; `tests/vectors/contracted_hours.json`
 * binds the two. Without a decision the service of the case is its term. Of several terms that cover a day the one that began last
 * counts.
 */

import { DAY_MAX, isDay } from './dates.ts';
import type { Json } from './json.ts';
import { own } from './own.ts';
import { phasesInOrder } from './phases.ts';
import { addDays, type Day } from './time.ts';

/** What of a case file says how many hours are agreed: shown values, phases and decisions by their ids. */
export interface Contract {
  phases: Record<string, Json>;
  service: Record<string, Json>;
  decisions: Record<string, Record<string, Json>>;
  /** the days of exits */
  exits: Json[];
}

/** Days of one month on which no term and no phase begins or ends. */
type ContractedSpan = [
  start: Day,
  end: Day,
  decision: string | null,
  phase: string | null,
  hoursPerMonth: number,
];

interface Term {
  start: Day;
  end: Day;
  decision: string | null;
  hours: number | null;
}

/** of a decision that gives no service, or not yet */
const notInForce = new Set<Json>(['referral_received', 'offered', 'refused']);

/** The active days from first to last, cut where a month, a term or a phase begins or ends. Without a phase: no hours. */
export function contractedSpans(
  contract: Contract,
  hoursOfPhase: Readonly<Record<string, number>>,
  first: Day,
  last: Day,
): ContractedSpan[] {
  const terms = termsOf(contract);
  const phases = phasesOf(contract);
  const cuts = [first, addDays(last, 1), ...monthsBegun(first, last), ...phases.map(sinceOf)];
  for (const { start, end } of terms) cuts.push(start, ...(end < DAY_MAX ? [addDays(end, 1)] : []));
  const inside = [...new Set(cuts)].filter((day) => first <= day && day <= addDays(last, 1)).sort();
  return inside.slice(0, -1).flatMap((start, at): ContractedSpan[] => {
    const term = terms.findLast((one) => one.start <= start && start <= one.end);
    if (!term) return [];
    const current = phases.findLast(({ since }) => since <= start) ?? null;
    // Agreed for the phase of this case, else by the decision, else as the catalogue has it for the phase.
    const agreed = current && (current.hours ?? term.hours ?? own(hoursOfPhase, current.phase));
    const end = addDays(inside[at + 1] ?? start, -1);
    return [[start, end, term.decision, current?.phase ?? null, agreed ?? 0]];
  });
}

/** By start, end and id; each from its start to the earlier of its end and the next exit. */
function termsOf({ service, decisions, exits }: Contract): Term[] {
  const left = exits.filter(isDay).sort();
  const termOf = (said: Record<string, Json>, decision: string | null): Term[] => {
    const { start, end, hours_per_month: hours } = said;
    if (!isDay(start)) return [];
    const exit = left.find((day) => day >= start) ?? DAY_MAX;
    const until = isDay(end) && end < exit ? end : exit;
    return [{ start, end: until, decision, hours: wholeOf(hours) }];
  };
  const entries = Object.entries(decisions);
  if (entries.length === 0) return termOf({ ...service, hours_per_month: null }, null);
  const inForce = entries.filter(([, { status }]) => !notInForce.has(status ?? null));
  return inForce.flatMap(([id, said]) => termOf(said, id)).sort(byStart);
}

function byStart(a: Term, b: Term): number {
  const [one, other] = [a, b].map(
    ({ start, end, decision }) => `${start} ${end} ${decision ?? ''}`,
  );
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

/** Oldest first (G11). */
function phasesOf({ phases }: Contract): { since: Day; phase: string; hours: number | null }[] {
  return phasesInOrder(phases).map((id) => {
    const { since, phase, hours_per_month: hours } = own(phases, id) as Record<string, Json>;
    return { since: since as Day, phase: phase as string, hours: wholeOf(hours) };
  });
}

function sinceOf({ since }: { since: Day }): Day {
  return since;
}

function wholeOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

/** The first days of the months that begin between the two. */
function monthsBegun(first: Day, last: Day): Day[] {
  const found: Day[] = [];
  for (let day = first.slice(0, 7); day < last.slice(0, 7); found.push(`${day}-01`))
    day = addDays(`${day}-01`, 31).slice(0, 7);
  return found;
}
