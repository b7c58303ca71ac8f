/** What the small sealed index keeps of a case file: enough for Tänään and Asiakkaat without opening it. Pure. */

import { listing } from '../kinds/listing.ts';
import type { CaseSummary, RecordView, VisitSummary } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { isOpenGoal } from './goals.ts';
import { begunAt, countedMinutes, type HourRules } from './hours.ts';
import { phaseHistory, phaseOn } from './phase_history.ts';
import { differingPaths, lineOf, numberOf, textOf, textsOf } from './records.ts';
import { addDays, dayOf, type Day, type Instant } from '../rules/time.ts';
import { instantAt, monthOf } from './wall_clock.ts';
import { isLogged, outcomeOf, spanOf, startOf, visitsOf } from './visits.ts';
import type { DecisionStatus } from '../rules/constants.ts';

export const loggedBackDays = 14;

/** the kinds that say how many hours are agreed */
const ofContract = new Set(['case', 'decision', 'exit']);

/** What the catalogue says of hours, in the few words that the worker needs; a test compares it with the catalogue. */
export const hourRules: HourRules = {
  delivered: new Set(['done', 'done_partly', 'interrupted_safety']),
  counting: new Set(['client_work_direct', 'client_work_indirect']),
};

/** From when on logged visits are listed, and the months that minutes are counted in; as text, since most visits are long past. */
interface Window {
  day: Day;
  months: { month: string; from: Instant; until: Instant }[];
  loggedFrom: Instant;
}

/** The summary of a case file on a day; null while its case record has not arrived. */
export function summarise(caseId: string, records: RecordView[], today: Day): CaseSummary | null {
  const header =
    records.find((record) => record.kind === 'case' && record.id === caseId) ??
    records.find((record) => record.kind === 'case');
  if (!header) return null;
  const window = windowOf(today);
  const visits = visitsOf(records);
  return {
    case: caseId,
    clientId: textOf(header, 'client_id'),
    name: textOf(header, 'client_name'),
    birthYear: numberOf(header, 'birth_year'),
    address: lineOf(header, 'address'),
    phone: lineOf(header, 'phone'),
    phones: textsOf(header, 'phone'),
    status: lineOf(header, 'status') as DecisionStatus | null,
    phase: phaseOn(phaseHistory(header), today)?.phase ?? null,
    contract: listing.contractOf(header, records),
    countedMinutes: minutesByMonth(visits, window),
    // [H4] Once anybody has taken the person in, it is a case for good.
    isIntake: textsOf(header, 'home').join() === 'intake',
    ownWorker: lineOf(header, 'own_worker'),
    team: lineOf(header, 'team'),
    safety: flagsOf(header),
    safetyNote: lineOf(header, 'safety_note'),
    lastContact: lastContact(visits),
    visits: visits.flatMap((visit) => listed(visit, window)).sort(byStart),
    listsAllOpen: true,
    openGoals: openGoalsAmong(records),
    duplicateOf: lineOf(header, 'duplicate_of'),
    differing: differingAmong(records).sort(),
    records: records.length,
    listed: listing.of(records, today),
    listedBy: listing.by,
  };
}

/**
 * The summary of the same day after the records `gone` have become `come` (a record may stand in both): the same as made
 * anew, without looking at the others. Null where only they can tell.
 */
export function moved(
  before: CaseSummary,
  gone: RecordView[],
  come: RecordView[],
  today: Day,
): CaseSummary | null {
  if ([...gone, ...come].some(({ kind }) => ofContract.has(kind))) return null;
  if (before.listedBy !== listing.by || !before.listsAllOpen) return null;
  const window = windowOf(today);
  const [left, arrived] = [visitsOf(gone), visitsOf(come)];
  const [lost, latest] = [lastContact(left), lastContact(arrived)];
  if (lost !== null && lost === before.lastContact && (latest ?? '') < lost) return null;
  const ids = new Set(gone.map(({ id }) => id));
  const visits = before.visits.filter((visit) => !ids.has(visit.record));
  return {
    ...before,
    countedMinutes: moreMinutes(before.countedMinutes, left, arrived, window),
    lastContact: (latest ?? '') > (before.lastContact ?? '') ? latest : before.lastContact,
    visits: [...visits, ...arrived.flatMap((visit) => listed(visit, window))].sort(byStart),
    openGoals: before.openGoals - openGoalsAmong(gone) + openGoalsAmong(come),
    differing: [...before.differing.filter((id) => !ids.has(id)), ...differingAmong(come)].sort(),
    records: before.records - gone.length + come.length,
    listed: [
      ...(before.listed ?? []).filter((one) => !ids.has(one.record)),
      ...listing.of(come, today),
    ],
  };
}

/** Whatever anybody entered warns, until somebody settles which of them holds. */
function flagsOf(header: RecordView): string[] {
  const said = own(header.fields, 'safety') ?? [];
  return [...new Set(said.flatMap(({ value }) => (Array.isArray(value) ? value.map(String) : [])))];
}

function moreMinutes(
  before: Record<string, number>,
  gone: RecordView[],
  come: RecordView[],
  window: Window,
): Record<string, number> {
  const [less, more] = [minutesByMonth(gone, window), minutesByMonth(come, window)];
  const months = new Set([...Object.keys(before), ...Object.keys(more)]);
  const sums = [...months].map((month): [string, number] => [
    month,
    (own(before, month) ?? 0) + (own(more, month) ?? 0) - (own(less, month) ?? 0),
  ]);
  return Object.fromEntries(sums.filter(([, minutes]) => minutes > 0));
}

function openGoalsAmong(records: RecordView[]): number {
  return records.filter((record) => record.kind === 'goal' && isOpenGoal(record)).length;
}

function differingAmong(records: RecordView[]): string[] {
  return records.filter((record) => differingPaths(record).length > 0).map(({ id }) => id);
}

let lastWindow: Window | null = null;

/** The same for all case files of a day: the calendar is asked once. */
function windowOf(day: Day): Window {
  if (lastWindow?.day === day) return lastWindow;
  const starts = [-1, 0, 1, 2].map((months) => firstOfMonth(day, months));
  const months = starts.slice(0, -1).map((from, at) => ({
    month: monthOf(from),
    from: midnight(from),
    until: midnight(starts[at + 1] ?? from),
  }));
  lastWindow = {
    day,
    months,
    loggedFrom: midnight(addDays(day, -loggedBackDays)),
  };
  return lastWindow;
}

function firstOfMonth(day: Day, monthsOn: number): Day {
  const first = new Date(`${monthOf(day)}-01`);
  first.setUTCMonth(first.getUTCMonth() + monthsOn);
  return first.toISOString().slice(0, 10);
}

function midnight(day: Day): Instant {
  return instantAt(day, '00:00');
}

function minutesByMonth(visits: RecordView[], { months }: Window): Record<string, number> {
  const minutes: Record<string, number> = {};
  for (const visit of visits) {
    const start = begunAt(visit) ?? '';
    const month = months.find(({ from, until }) => from <= start && start < until)?.month;
    if (month === undefined) continue;
    const counted = countedMinutes(visit, hourRules);
    if (counted > 0) minutes[month] = (own(minutes, month) ?? 0) + counted;
  }
  return minutes;
}

function lastContact(visits: RecordView[]): string | null {
  let last: string | null = null;
  for (const visit of visits) {
    const { code } = outcomeOf(visit);
    if (code === null || !hourRules.delivered.has(code)) continue;
    const start = startOf(visit);
    if (start !== null && (last === null || start > last)) last = start;
  }
  return last;
}

/** [F4] What is not logged is listed whenever it is, what is logged from two weeks back. */
function listed(visit: RecordView, window: Window): VisitSummary[] {
  const start = startOf(visit);
  if (start === null || (start < window.loggedFrom && isLogged(visit))) return [];
  const summary = visitSummary(visit);
  return summary ? [summary] : [];
}

/** A visit as lists across clients show it; null where it does not say when it is, in a calendar that we know (T1). */
export function visitSummary(visit: RecordView): VisitSummary | null {
  const span = spanOf(visit, 'actual') ?? spanOf(visit, 'plan');
  if (!span || !isListable(span.start) || !isListable(span.end)) return null;
  return {
    record: visit.id,
    case: visit.case,
    ...span,
    visitKind: lineOf(visit, 'visit_kind'),
    place: lineOf(visit, 'place'),
    worker: lineOf(visit, 'worker'),
    partner: lineOf(visit, 'partner'),
    outcome: outcomeOf(visit).code,
    pending: visit.pending.length > 0,
  };
}

/** As `isInstant`, in fewer bytes: the worker is loaded before the first screen. */
function isListable(at: Instant): boolean {
  return at >= '1900' && at < '2101' && !Number.isNaN(Date.parse(at));
}

function byStart(a: VisitSummary, b: VisitSummary): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.record < b.record ? -1 : 1;
}

/** The day it is where the work is done. */
export function todayOf(nowMs: number): Day {
  return dayOf(nowMs);
}
