/** What falls due of a record by the deadlines that its kind declares (Q1). Pure. */

import { kindOf, type Due } from '../kinds/declared.ts';
import type { CaseSummary, Json, ListedRecord } from '../model/engine.ts';
import {
  dayInFinland as dayOfMoment,
  holds,
  valueAt,
  type About,
  type Values,
} from '../rules/conditions.ts';
import { addDays, dayOf as dayAt, type Day } from '../rules/time.ts';
import { isRemoved } from '../rules/merge.ts';
import type { RecordView } from '../model/engine.ts';
import { valuesOf } from './columns.ts';

const MINUTE_MS = 60_000;

export interface FallingDue {
  case: string;
  record: string;
  kind: string;
  /** the name that its reminders bear */
  cause: string;
  /** the last day on which it is in time */
  day: Day;
  /** from this day on it is told of */
  since: Day;
}

/** Every deadline of a record that is not settled, however far away; of one that is told again and again the first. */
export function deadlinesOf(
  kind: string,
  values: Values,
  today: Day,
  others: About['others'] = [],
): Omit<FallingDue, 'case' | 'record'>[] {
  const told = new Set<string>();
  return (kindOf(kind)?.due ?? []).flatMap((due) => {
    if (told.has(due.cause)) return [];
    const isSettled = due.unless && holds(due.unless, { values, today, others });
    const days = isSettled ? null : daysOf(due, values);
    if (days) told.add(due.cause);
    return days ? [{ kind, cause: due.cause, ...days }] : [];
  });
}

/** A day counts whole; what is told only afterwards is in time on its own day. */
function daysOf(due: Due, values: Values): { day: Day; since: Day } | null {
  const given = due.of === undefined ? null : valueAt(values, due.of);
  if (Array.isArray(due.days)) {
    const day = dayOfMoment(given);
    if (day === null) return null;
    const first = Math.min(...due.days);
    return { day: first > 1 ? addDays(day, first) : day, since: addDays(day, first) };
  }
  if (due.minutes !== undefined) return momentOf(given, due.minutes);
  const day = dayOfMoment(given);
  return day === null ? null : { day, since: day };
}

/** Of hours after a moment somebody is told at once; of those before it at the first. */
function momentOf(given: Json, minutes: number[]): { day: Day; since: Day } | null {
  const at = typeof given === 'string' ? Date.parse(given) : NaN;
  if (Number.isNaN(at)) return null;
  const dayAfter = (after: number) => dayAt(at + after * MINUTE_MS);
  return {
    day: dayAfter(Math.max(0, Math.max(...minutes))),
    since: dayAfter(Math.min(0, Math.min(...minutes))),
  };
}

/** Of one client's open records, what is due first before the others. */
export function fallingDueAmong(records: readonly RecordView[], today: Day): FallingDue[] {
  const all = records
    .filter((record) => !isRemoved(record))
    .map((record) => ({ record, values: valuesOf(record) }));
  const found = all
    .filter(({ record }) => record.kind !== 'case' && record.kind !== 'visit')
    .flatMap(({ record, values }) =>
      deadlinesOf(record.kind, values, today, othersThan(record.id, all)).map((due) => ({
        ...due,
        case: record.case,
        record: record.id,
      })),
    );
  return inOrder(found);
}

/** Across clients, from the small index: what is told of on this day. */
export function dueToday(clients: readonly CaseSummary[], today: Day): FallingDue[] {
  const found = clients.flatMap(({ case: caseId, listed = [] }) =>
    listed.flatMap(({ record, kind, values }) =>
      deadlinesOf(kind, values, today, othersAmong(record, listed))
        .filter(({ since }) => since <= today)
        .map((due) => ({ ...due, case: caseId, record })),
    ),
  );
  return inOrder(found);
}

/** A deadline may ask for another record of the file: a later rating settles the one before. */
const othersThan = (id: string, all: { record: RecordView; values: Values }[]): About['others'] =>
  all.filter(({ record }) => record.id !== id).map(({ record, values }) => [record.kind, values]);

const othersAmong = (id: string, listed: ListedRecord[]): About['others'] =>
  listed.filter(({ record }) => record !== id).map(({ kind, values }) => [kind, values]);

function inOrder(found: FallingDue[]): FallingDue[] {
  return found.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}

const SILENT_DAYS = 14;

/** Clients whom nobody has met or reached for 14 days, longest first. The light phase meets when it is needed. */
export function silentClients(clients: readonly CaseSummary[], today: Day): CaseSummary[] {
  const since = addDays(today, -SILENT_DAYS);
  const last = ({ lastContact }: CaseSummary) =>
    lastContact === null ? '' : (dayOfMoment(lastContact) ?? '');
  return clients
    .filter((one) => one.status !== 'ended' && one.status !== 'refused' && one.phase !== 'light')
    .filter((one) => last(one) < since)
    .sort((a, b) => (last(a) < last(b) ? -1 : 1));
}
