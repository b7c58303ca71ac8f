/** What of the team board the device counts itself (Q3): from the small index, so that no case file is opened. Pure. */

import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import {
  clientMarks,
  hasMark,
  isActive,
  type FilterMoment,
  type ClientMark,
} from './client_filters.ts';
import { dueToday, type FallingDue } from './falling_due.ts';
import { answerBy, hasNoRoof, intakesAmong } from './intakes.ts';

/** A visit is to be written down within a day. */
const RECORD_WITHIN_MS = 24 * 60 * 60 * 1000;
/** told of by a mark of the client, or in a list of its own */
const TOLD_ELSEWHERE = new Set(['rent_unpaid', 'decision_ending']);

interface Unrecorded {
  visit: VisitSummary;
  client: CaseSummary;
}

export interface DeviceBoard {
  /** intakes whose person has no roof tonight */
  noRoof: number;
  /** intakes whose 24 hours run, and those whose have run out, without an answer */
  clocks: number;
  clocksLate: number;
  marks: Record<ClientMark, number>;
  /** decisions whose term ends, told from 60 days before on */
  terms: FallingDue[];
  /** other deadlines that have gone by */
  overdue: FallingDue[];
  /** visits that ended more than a day ago and are not written down, the oldest first */
  unrecorded: Unrecorded[];
}

export function deviceBoard(
  summaries: readonly CaseSummary[],
  asked: FilterMoment,
  rankOf: (crisis: string) => number | undefined,
): DeviceBoard {
  const clients = summaries.filter(isActive);
  const referrals = intakesAmong(summaries, rankOf).map(({ referral }) => referral);
  const until = referrals.flatMap((referral) => answerBy(referral) ?? []);
  const due = dueToday(clients, asked.today);
  const count = (mark: ClientMark) => clients.filter((one) => hasMark(one, mark, asked)).length;
  return {
    noRoof: referrals.filter(({ values }) => hasNoRoof(values)).length,
    clocks: until.filter((at) => at >= asked.now).length,
    clocksLate: until.filter((at) => at < asked.now).length,
    marks: Object.fromEntries(clientMarks.map((mark) => [mark, count(mark)])) as Record<
      ClientMark,
      number
    >,
    terms: due.filter(({ cause }) => cause === 'decision_ending'),
    overdue: due.filter(({ cause, day }) => !TOLD_ELSEWHERE.has(cause) && day < asked.today),
    unrecorded: unrecordedAmong(clients, asked.now),
  };
}

function unrecordedAmong(clients: readonly CaseSummary[], now: number): Unrecorded[] {
  return clients
    .flatMap((client) => client.visits.map((visit) => ({ visit, client })))
    .filter(({ visit }) => visit.outcome === null && Date.parse(visit.end) + RECORD_WITHIN_MS < now)
    .sort((a, b) => (a.visit.start < b.visit.start ? -1 : 1));
}
