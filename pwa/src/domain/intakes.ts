/** The queue of intakes (H4): who has no roof tonight first, then by crisis and by age. Pure. */

import type { CaseSummary, ListedRecord } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { asParts } from './records.ts';

interface Waiting {
  client: CaseSummary;
  referral: ListedRecord;
}

const RESPONSE_MS = 24 * 60 * 60 * 1000;
/** of a crisis that the catalogue does not rank, and of none */
const LAST = 9;

/** `rankOf`: what the catalogue says of a kind of crisis, 1 the most urgent. */
export function intakesAmong(
  summaries: readonly CaseSummary[],
  rankOf: (crisis: string) => number | undefined,
): Waiting[] {
  const waiting = summaries
    .filter(({ isIntake, waits }) => isIntake || waits)
    .flatMap((client) =>
      (client.listed ?? [])
        .filter(({ kind }) => kind === 'referral')
        // [H7] Of a client who is served already only a referral that nobody has answered.
        .filter((referral) => client.isIntake || answerBy(referral) !== null)
        .map((referral) => ({ client, referral })),
    );
  const rank = ({ referral: { values } }: Waiting) =>
    hasNoRoof(values) ? 1 : (rankOf(lineIn(values, 'crisis')) ?? LAST);
  return waiting.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      Number(hasNoRoof(b.referral.values)) - Number(hasNoRoof(a.referral.values)) ||
      notified(a).localeCompare(notified(b)),
  );
}

export function hasNoRoof(values: ListedRecord['values']): boolean {
  return values['no_roof_tonight'] === true || values['crisis'] === 'no_roof_tonight';
}

function lineIn(values: ListedRecord['values'], name: string): string {
  const value = own(values, name);
  return typeof value === 'string' ? value : '';
}

function notified({ referral }: Waiting): string {
  return lineIn(referral.values, 'need_notified_at');
}

/** Until when somebody has to have answered; null once somebody has, or where nothing can be told. */
export function answerBy({ values }: ListedRecord): number | null {
  const at = Date.parse(lineIn(values, 'need_notified_at'));
  const isAnswered = typeof asParts(values['first_response'] ?? null)['at'] === 'string';
  return isAnswered || Number.isNaN(at) ? null : at + RESPONSE_MS;
}
