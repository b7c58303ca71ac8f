/** Which clients a list shows and in what order (F5): from the small index, so that no case file is opened. Pure. */

import type { CaseSummary, ListedRecord, VisitSummary } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { addDays, type Day } from '../rules/time.ts';
import { silentClients } from './falling_due.ts';
import { agreedMinutes } from './contract.ts';
import { monthOf } from './wall_clock.ts';
import type { SupportPhase } from '../rules/constants.ts';

/** What may stand out about a client. Codes: they stand in the address, and their words in `words.clients.marks`. */
export const clientMarks = ['silent', 'unplanned', 'arrears', 'under_hours', 'over_hours'] as const;
export type ClientMark = (typeof clientMarks)[number];

export interface ClientFilters {
  /** all of them have to be true of a client */
  marks: readonly ClientMark[];
  /** a code of `support_phase` */
  phase: SupportPhase | null;
  /** the own worker */
  worker: string | null;
}

export const noFilters: ClientFilters = { marks: [], phase: null, worker: null };

export function narrows({ marks, phase, worker }: ClientFilters): boolean {
  return marks.length > 0 || phase !== null || worker !== null;
}

export const clientColumns = [
  'name',
  'worker',
  'phase',
  'lastContact',
  'nextVisit',
  'hours',
] as const;
export type ClientColumn = (typeof clientColumns)[number];
export interface ClientOrder {
  by: ClientColumn;
  down: boolean;
}

/** What the index alone does not know. */
export interface FilterMoment {
  now: number;
  today: Day;
}

const UNDER_HOURS = 0.8;
const OVER_HOURS = 1.1;

const IN_ARREARS = new Set(['arrears_one_month', 'arrears_two_months', 'payment_plan_broken']);
/** such a rent is in arrears once its day has passed */
const NOT_PAID = new Set(['not_due', 'partly_paid', 'unpaid']);
const ENDED = new Set(['ended', 'refused']);

export function isActive({ status, isIntake }: CaseSummary): boolean {
  return !isIntake && !ENDED.has(status ?? '');
}

/** The next visit that is planned and not over. */
export function nextVisitOf(client: CaseSummary, now: number): VisitSummary | null {
  return (
    client.visits.find(({ outcome, end }) => outcome === null && Date.parse(end) > now) ?? null
  );
}

export function lateRents(client: CaseSummary, today: Day): ListedRecord[] {
  return (client.listed ?? []).filter(({ kind, values }) => {
    if (kind !== 'rent' || typeof values['status'] !== 'string') return false;
    const due = values['due_on'];
    const isLate = typeof due === 'string' && due < today && NOT_PAID.has(values['status']);
    return isLate || IN_ARREARS.has(values['status']);
  });
}

/** so early in a month its hours say nothing yet: the month before is looked at */
const EARLY_DAYS = 7;

/** The last day until which a month's hours tell something. */
function toldUntil(today: Day): Day {
  const day = Number(today.slice(8));
  return day > EARLY_DAYS ? today : addDays(today, -day);
}

/** Delivered ÷ what is agreed for the days gone by of that month (Z21); null where nothing is agreed. */
export function hoursShare(client: CaseSummary, today: Day): number | null {
  const until = toldUntil(today);
  const month = monthOf(until);
  const agreed = agreedMinutes(client, month, until);
  return agreed > 0 ? (own(client.countedMinutes, month) ?? 0) / agreed : null;
}

export function hasMark(client: CaseSummary, mark: ClientMark, asked: FilterMoment): boolean {
  if (!isActive(client)) return false;
  switch (mark) {
    case 'silent':
      return silentClients([client], asked.today).length > 0;
    case 'unplanned':
      return nextVisitOf(client, asked.now) === null;
    case 'arrears':
      return lateRents(client, asked.today).length > 0;
    case 'under_hours':
      return (hoursShare(client, asked.today) ?? 1) < UNDER_HOURS;
    case 'over_hours':
      return (hoursShare(client, asked.today) ?? 1) > OVER_HOURS;
  }
}

export function filterClients(
  clients: readonly CaseSummary[],
  { marks, phase, worker }: ClientFilters,
  asked: FilterMoment,
): CaseSummary[] {
  return clients.filter(
    (client) =>
      (phase === null || client.phase === phase) &&
      (worker === null || client.ownWorker === worker) &&
      marks.every((mark) => hasMark(client, mark, asked)),
  );
}

const PHASES: readonly SupportPhase[] = ['preparation', 'strong', 'normal', 'light'];
/** what is not known comes last upwards: nobody waits longer than who was never met */
const LAST = '\uffff';

/** By one column; by name where that is the same. `nameOf` says who a worker is. */
export function sortClients(
  clients: readonly CaseSummary[],
  order: ClientOrder,
  inOrder: (a: string, b: string) => number,
  asked: FilterMoment,
  nameOf: (worker: string | null) => string = String,
): CaseSummary[] {
  const keyed = clients.map((client) => ({ client, key: keyOf(client, order.by, asked, nameOf) }));
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'string' ? inOrder(a, String(b)) : a - Number(b);
  const side = order.down ? -1 : 1;
  return keyed
    .sort((a, b) => side * compare(a.key, b.key) || inOrder(a.client.name, b.client.name))
    .map(({ client }) => client);
}

function keyOf(
  client: CaseSummary,
  by: ClientColumn,
  asked: FilterMoment,
  nameOf: (worker: string | null) => string,
): string | number {
  switch (by) {
    case 'name':
      return client.name;
    case 'worker':
      return nameOf(client.ownWorker) || LAST;
    case 'phase':
      return (
        (PHASES.indexOf(client.phase as SupportPhase) + PHASES.length + 1) % (PHASES.length + 1)
      );
    case 'lastContact':
      return client.lastContact === null ? 0 : Date.parse(client.lastContact);
    case 'nextVisit': {
      const next = nextVisitOf(client, asked.now);
      return next === null ? Infinity : Date.parse(next.start);
    }
    case 'hours':
      return hoursShare(client, asked.today) ?? Infinity;
  }
}

/** As the address says it: codes and ids only. */
export function filtersIn(query: URLSearchParams): ClientFilters {
  const said = new Set((query.get('marks') ?? '').split(','));
  return {
    marks: clientMarks.filter((mark) => said.has(mark)),
    phase: query.get('phase') as SupportPhase | null,
    worker: query.get('worker'),
  };
}

export function queryOf({ marks, phase, worker }: ClientFilters): string {
  const query = new URLSearchParams();
  if (marks.length > 0) query.set('marks', marks.join());
  if (phase !== null) query.set('phase', phase);
  if (worker !== null) query.set('worker', worker);
  const said = query.toString();
  return said === '' ? '' : `?${said}`;
}
