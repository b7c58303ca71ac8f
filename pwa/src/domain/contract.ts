/** What a client's files say of the hours that are agreed (Z21): read from records, and reckoned for a month. Pure. */

import type { CaseSummary, Json, RecordView } from '../model/engine.ts';
import { contractedSpans, type Contract } from '../rules/contracted_hours.ts';
import { isRemoved } from '../rules/merge.ts';
import { own } from '../rules/own.ts';
import type { Day } from '../rules/time.ts';
import { asParts, itemsOf, partsOf, shownValue } from './records.ts';
import { daysInMonth } from './wall_clock.ts';

/** Hours a month by phase; a test compares them with the catalogue. */
export const hoursOfPhase = { preparation: 11, strong: 11, normal: 7, light: 4 };

const ofPhase = ['phase', 'since', 'hours_per_month'];
const ofDecision = ['status', 'start', 'end', 'hours_per_month'];

/** Of a case's header and the records of its file. */
export function contractOf(header: RecordView | null, records: readonly RecordView[]): Contract {
  const ofKind = (kind: string) =>
    records.filter((record) => record.kind === kind && !isRemoved(record));
  return {
    phases: Object.fromEntries(
      [...itemsOf(header, 'phases')].map(([id, phase]) => [
        id,
        only(ofPhase, (name) => own(asParts(phase), name)),
      ]),
    ),
    service: partsOf(header, 'service'),
    decisions: Object.fromEntries(
      ofKind('decision').map((one) => [one.id, only(ofDecision, (name) => shownValue(one, name))]),
    ),
    exits: ofKind('exit').map((one) => shownValue(one, 'on')),
  };
}

function only(names: string[], said: (name: string) => Json | undefined): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, said(name) ?? null]));
}

/** A client's; of one who was entered twice with the decisions and exits of every file (H7). */
function contractOfClient({ contract, duplicates = [] }: CaseSummary): Contract | null {
  if (!contract) return null;
  const all = [contract, ...duplicates.flatMap((one) => one.contract ?? [])];
  return {
    ...contract,
    decisions: Object.assign({}, ...all.map(({ decisions }) => decisions)) as Contract['decisions'],
    exits: all.flatMap(({ exits }) => exits),
  };
}

/** Minutes agreed for a month (`YYYY-MM`), or for its days until one of them. Not rounded: the server rounds hours, once. */
export function contractedMinutes(
  contract: Contract,
  month: string,
  until: Day = `${month}-${String(daysInMonth(month))}`,
): number {
  const spans = contractedSpans(contract, hoursOfPhase, `${month}-01`, until);
  const hourDays = spans.map(
    ([start, end, , , hours]) => hours * (dayNumber(end) - dayNumber(start) + 1),
  );
  return (hourDays.reduce((sum, one) => sum + one, 0) * 60) / daysInMonth(month);
}

function dayNumber(day: Day): number {
  return Number(day.slice(8));
}

/** Of a client in the small index; 0 in an index that is older than this. */
export function agreedMinutes(client: CaseSummary, month: string, until?: Day): number {
  const contract = contractOfClient(client);
  return contract ? contractedMinutes(contract, month, until) : 0;
}
