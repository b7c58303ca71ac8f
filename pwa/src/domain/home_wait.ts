/** How long a client has waited for a permanent home, or did (Q7). Pure. */

import type { RecordView } from '../model/engine.ts';
import { firstHome, hadHome, type HomeSpan } from '../rules/home_found.ts';
import { isRemoved } from '../rules/merge.ts';
import { dayOf, daysBetween, type Day } from '../rules/time.ts';
import { hasEndedBy, serviceOf } from './phase_history.ts';
import { lineOf } from './records.ts';

interface HomeWait {
  /** days from the beginning of the service */
  days: number;
  /** days from the first referral; null where there is none before the home */
  fromReferral: number | null;
  /** the day of moving in; null while they wait */
  found: Day | null;
}

/** decisions that give no service, or not yet */
const NOT_IN_FORCE = ['referral_received', 'offered', 'refused'];

/** Null where no service has begun, or is over, or a permanent home was there at its beginning. `isPermanent`: of a kind of stay. */
export function homeWait(
  records: readonly RecordView[],
  isPermanent: (stay: string) => boolean,
  today: Day,
): HomeWait | null {
  const standing = records.filter((one) => !isRemoved(one));
  const homes = standing
    .filter(({ kind }) => kind === 'stay')
    .filter((one) => isPermanent(lineOf(one, 'stay_kind') ?? ''))
    .flatMap((one): HomeSpan[] => {
      const start = lineOf(one, 'start');
      return start === null || start > today ? [] : [[start, lineOf(one, 'end')]];
    });
  const begun = serviceBegan(standing);
  if (begun === null || begun > today || hadHome(begun, homes)) return null;
  const found = firstHome(begun, homes);
  if (found === null && hasEndedBy(clientOf(standing), today)) return null;
  const until = found ?? today;
  const asked = standing
    .filter(({ kind }) => kind === 'referral')
    .map((one) => dayOf(lineOf(one, 'need_notified_at') ?? ''))
    .filter((day) => day !== '' && day <= until)
    .sort()[0];
  return {
    days: daysBetween(begun, until),
    fromReferral: asked === undefined ? null : daysBetween(asked, until),
    found,
  };
}

/** The first day of a decision in force; where nothing was decided, that of the case. */
function serviceBegan(records: readonly RecordView[]): Day | null {
  const decisions = records.filter(({ kind }) => kind === 'decision');
  if (decisions.length === 0) return serviceOf(clientOf(records)).start;
  const starts = decisions
    .filter((one) => !NOT_IN_FORCE.includes(lineOf(one, 'status') ?? ''))
    .flatMap((one) => lineOf(one, 'start') ?? []);
  return starts.sort()[0] ?? null;
}

const clientOf = (records: readonly RecordView[]) =>
  records.find(({ kind }) => kind === 'case') ?? null;
