/** The visits of everybody whose clients this device holds, person by person: of a day, and of a week. Pure. */

import type { CaseSummary } from '../model/engine.ts';
import { addDays, dayOf, type Day } from '../rules/time.ts';
import type { Item } from './agenda.ts';
import { clashesWith, type Span } from './visits.ts';
import { weekOf, type DayOf } from './week.ts';

interface DayOfPerson {
  /** null: of clients whom nobody works with yet */
  person: string | null;
  items: Item[];
}

interface WeekOfPerson {
  person: string | null;
  days: DayOf<Item>[];
}

/** Each in the order of the day; a visit that two make stands with both. */
export function teamDayOf(summaries: readonly CaseSummary[], day: Day): DayOfPerson[] {
  const found = byPerson(summaries, ({ start }) => dayOf(start) === day);
  return [...found].map(([person, items]) => ({ person, items }));
}

/** Seven days of each person; `people` have a row though they make no visit. */
export function teamWeekOf(
  summaries: readonly CaseSummary[],
  monday: Day,
  people: readonly string[],
): WeekOfPerson[] {
  const after = addDays(monday, 7);
  const found = byPerson(summaries, ({ start }) => dayOf(start) >= monday && dayOf(start) < after);
  for (const person of people) if (!found.has(person)) found.set(person, []);
  return [...found].map(([person, items]) => ({
    person,
    days: weekOf(items, monday, ({ visit }) => visit.start),
  }));
}

/** Who makes it: nobody has taken it, so the client's own worker does. */
export function makerOf({ visit, client }: Item): string | null {
  return visit.worker ?? client.ownWorker;
}

function byPerson(summaries: readonly CaseSummary[], isWanted: (visit: Span) => boolean) {
  const found = new Map<string | null, Item[]>();
  const items = summaries
    .flatMap((client) => client.visits.map((visit) => ({ visit, client })))
    .filter(({ visit }) => isWanted(visit))
    .sort((a, b) => (a.visit.start < b.visit.start ? -1 : 1));
  for (const item of items) {
    const { partner } = item.visit;
    const people = [makerOf(item), ...(partner === null ? [] : [partner])];
    for (const person of new Set(people)) found.set(person, [...(found.get(person) ?? []), item]);
  }
  return found;
}

/** What this person has at that time beside `record`; what was called off takes none. */
export function clashesOf(
  summaries: readonly CaseSummary[],
  person: string,
  span: Span,
  record: string,
): Item[] {
  const own = byPerson(summaries, (visit) => clashesWith(span, [visit]).length > 0).get(person);
  return (own ?? []).filter(({ visit }) => visit.outcome === null && visit.record !== record);
}

/**
 * Whether this person reads the client's file, as far as a device can tell: it is not told who has access (S1). The own worker does,
 * and whoever has just written in it.
 */
export function readsSurely({ ownWorker, visits }: CaseSummary, person: string): boolean {
  const wrote = visits.some(
    ({ outcome, worker, partner }) => outcome !== null && [worker, partner].includes(person),
  );
  return person === ownWorker || wrote;
}
