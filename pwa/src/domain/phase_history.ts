/** The phases of a case: a history that is only added to, and that moves both ways. */

import type { RecordView } from '../model/engine.ts';
import { asParts, itemsOf, lineOf, partText } from './records.ts';
import { isRemoved } from '../rules/merge.ts';
import { phasesInOrder } from '../rules/phases.ts';
import type { Day } from '../rules/time.ts';
import type { DecisionStatus, SupportPhase } from '../rules/constants.ts';

export interface PhasePeriod {
  id: string;
  phase: SupportPhase;
  since: Day;
  reason: string | null;
  note: string | null;
  /** agreed for this case; `null`: the catalogue's hours for the phase */
  hoursPerMonth: number | null;
  /** when it began, on the phase before it */
  fromClient: string | null;
  toClient: string | null;
}

/** Oldest first (G11). */
export function phaseHistory(caseRecord: RecordView | null): PhasePeriod[] {
  const phases = itemsOf(caseRecord, 'phases');
  return phasesInOrder(Object.fromEntries(phases)).map((id) => {
    const parts = asParts(phases.get(id) ?? null);
    const hours = parts['hours_per_month'];
    return {
      id,
      phase: partText(parts, 'phase') as SupportPhase,
      since: partText(parts, 'since') ?? '',
      reason: partText(parts, 'reason'),
      note: partText(parts, 'note'),
      hoursPerMonth: typeof hours === 'number' ? hours : null,
      fromClient: partText(parts, 'feedback_from_client'),
      toClient: partText(parts, 'feedback_to_client'),
    };
  });
}

/** The step that a client may still say by hand what they thought of: the last one, where another went before it (Y9). */
export function openToFeedback(history: PhasePeriod[]): PhasePeriod | null {
  const last = history.length > 1 ? history.at(-1) : undefined;
  return last && last.fromClient === null ? last : null;
}

/** An exit of which the client may still say by hand what they thought of the service (Y9). */
export function exitOpenToFeedback(records: readonly RecordView[]): RecordView | null {
  return (
    records.find(
      (one) =>
        one.kind === 'exit' &&
        !isRemoved(one) &&
        lineOf(one, 'reason') !== 'death' &&
        lineOf(one, 'feedback_from_client') === null,
    ) ?? null
  );
}

/** The phase in force on a day. */
export function phaseOn(history: PhasePeriod[], day: Day): PhasePeriod | null {
  return history.findLast((period) => period.since <= day) ?? null;
}

interface Service {
  start: Day | null;
  end: Day | null;
}

/** The fixed term of the service; an open end is `null`. Both ends belong to it. */
export function serviceOf(caseRecord: RecordView | null): Service {
  const parts = asParts(caseRecord?.fields['service']?.[0]?.value ?? null);
  return { start: partText(parts, 'start'), end: partText(parts, 'end') };
}

const endedStatuses = new Set<DecisionStatus>(['ended', 'refused']);

/** Is there no service any more on that day? */
export function hasEndedBy(caseRecord: RecordView | null, day: Day): boolean {
  const { end } = serviceOf(caseRecord);
  return (
    (end !== null && end < day) || endedStatuses.has(lineOf(caseRecord, 'status') as DecisionStatus)
  );
}
