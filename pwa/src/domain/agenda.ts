/** Whose visits they are, and what Tänään shows in which order. Pure: the person and the time come in as arguments. */

import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { addDays, dayOf, type Day, type Instant } from '../rules/time.ts';

export interface Item {
  visit: VisitSummary;
  client: CaseSummary;
}

interface Agenda {
  /** the visit that is opened: on now, or the next one today */
  next: Item | null;
  isNow: boolean;
  /** later visits of today whose client has something to know before the door */
  safety: Item[];
  overdue: Item[];
  later: Item[];
  done: Item[];
  tomorrow: Item[];
  /** the first visit after tomorrow, for a day with nothing in it */
  after: Item | null;
}

const MINUTE_MS = 60_000;
/** a visit is near from this long before it begins until this long after it ends */
const NEAR_BEFORE_MS = 60 * MINUTE_MS;
const NEAR_AFTER_MS = 30 * MINUTE_MS;

/** so long before a visit one may be leaving for it */
const LEAVING_MS = 90 * MINUTE_MS;

const startOf = (item: Item) => Date.parse(item.visit.start);
const endOf = (item: Item) => Date.parse(item.visit.end);

/** Of a client with two files the own worker of either has a client of their own. */
export function isOwnClient({ ownWorker, otherWorkers = [] }: CaseSummary, user: string): boolean {
  return ownWorker === user || otherWorkers.includes(user);
}

/** The visits a person makes: their own, those they partner, and those of their clients that nobody has taken. */
export function visitsOfPerson(summaries: readonly CaseSummary[], user: string): Item[] {
  return summaries
    .flatMap((client) => client.visits.map((visit) => ({ visit, client })))
    .filter(({ visit, client }) => {
      if (visit.worker === null) return isOwnClient(client, user);
      return visit.worker === user || visit.partner === user;
    })
    .sort(({ visit: a }, { visit: b }) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

export function mayLeaveFor(start: Instant, now: number): boolean {
  return Date.parse(start) - now < LEAVING_MS;
}

export function agendaOf(items: readonly Item[], now: number): Agenda {
  const today = dayOf(now);
  const onDay = (day: Day) => items.filter(({ visit }) => dayOf(visit.start) === day);
  const open = items.filter(({ visit }) => visit.outcome === null);
  const todays = onDay(today);

  const near = nearest(open, now);
  const ahead = todays.filter((item) => item.visit.outcome === null && startOf(item) > now);
  const next = near ?? ahead[0] ?? null;
  const isNext = (item: Item) => item.visit.record === next?.visit.record;
  const later = ahead.filter((item) => !isNext(item));

  return {
    next,
    isNow: near !== null,
    safety: later.filter(({ client }) => client.safety.length > 0),
    overdue: open.filter((item) => endOf(item) <= now && !isNext(item)).reverse(),
    later,
    done: todays.filter(({ visit }) => visit.outcome !== null),
    tomorrow: onDay(addDays(today, 1)).filter(({ visit }) => visit.outcome === null),
    after: open.find(({ visit }) => dayOf(visit.start) > today) ?? null,
  };
}

/** The visit that is on, or the one whose time is nearest: it begins within an hour or ended within half an hour. */
export function nearest(open: readonly Item[], now: number): Item | null {
  const distance = (item: Item) => Math.max(startOf(item) - now, now - endOf(item), 0);
  const near = open.filter(
    (item) => now >= startOf(item) - NEAR_BEFORE_MS && now <= endOf(item) + NEAR_AFTER_MS,
  );
  return near.reduce<Item | null>(
    (best, item) => (best && distance(best) <= distance(item) ? best : item),
    null,
  );
}

/** Clients in the order in which a person is likely to need them: those whose visit is nearest in time. */
export function recentClients(items: readonly Item[], now: number): CaseSummary[] {
  const byDistance = [...items].sort(
    (a, b) => Math.abs(startOf(a) - now) - Math.abs(startOf(b) - now),
  );
  return [...new Set(byDistance.map(({ client }) => client))];
}
