/** The visits of one day of everybody whose clients this device holds, person by person. Pure. */

import type { CaseSummary } from '../model/engine.ts';
import { dayOf, type Day } from '../rules/time.ts';
import type { Item } from './agenda.ts';

interface DayOfPerson {
  /** null: of clients whom nobody works with yet */
  person: string | null;
  items: Item[];
}

/** Each in the order of the day; a visit that two make stands with both. */
export function teamDayOf(summaries: readonly CaseSummary[], day: Day): DayOfPerson[] {
  const found = new Map<string | null, Item[]>();
  const items = summaries
    .flatMap((client) => client.visits.map((visit) => ({ visit, client })))
    .filter(({ visit }) => dayOf(visit.start) === day)
    .sort((a, b) => (a.visit.start < b.visit.start ? -1 : 1));
  for (const item of items) {
    const { worker, partner } = item.visit;
    const people = [worker ?? item.client.ownWorker, ...(partner === null ? [] : [partner])];
    for (const person of new Set(people)) found.set(person, [...(found.get(person) ?? []), item]);
  }
  return [...found].map(([person, own]) => ({ person, items: own }));
}
