/** When somebody of the network was last met with the client, and whether the client lets them be told. Pure. */

import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import { dayOf, type Day } from '../rules/time.ts';
import { valuesOf } from './columns.ts';
import { derived } from './kind_rules.ts';
import { lineOf, shownValue } from './records.ts';
import { outcomeOf, startOf, visitsOf } from './visits.ts';
import type { VisitOutcome } from '../rules/constants.ts';

/** The day of the latest visit that took place with this member; `isMet` says of an outcome whether it is such a one. */
export function lastContact(
  member: RecordView,
  records: readonly RecordView[],
  isMet: (outcome: VisitOutcome | null) => boolean,
): Day | null {
  const starts = visitsOf([...records])
    .filter((visit) => shownValue(visit, `participants/${member.id}`) === true)
    .filter((visit) => isMet(outcomeOf(visit).code))
    .map((visit) => startOf(visit) ?? '');
  const last = starts.sort().at(-1);
  return last ? dayOf(last) : null;
}

/** A consent in force that names this member, or nobody: it holds for all then. */
export function hasConsent(
  member: RecordView,
  records: readonly RecordView[],
  today: Day,
): boolean {
  const isLandlord = lineOf(member, 'member_kind') === 'landlord';
  const wanted = isLandlord ? 'landlord_contact' : 'consent_to_share';
  return records.some(
    (one) =>
      one.kind === 'agreement' &&
      !isRemoved(one) &&
      lineOf(one, 'agreement_kind') === wanted &&
      [null, member.id].includes(lineOf(one, 'member')) &&
      derived('agreement', { values: valuesOf(one), today }).some(
        ({ name }) => name === 'in_force',
      ),
  );
}
