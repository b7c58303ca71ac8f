/** How a visit stands in the week: where it leads, whose it is, and whether it still can be moved. */

import { app } from '../app/app.svelte.ts';
import type { Item } from '../domain/agenda.ts';
import { totalMinutes } from '../domain/week.ts';
import { paths } from '../app/paths.ts';
import { words } from '../words/index.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { isDelivered } from './service_terms.ts';

/** What is logged is read, what has begun is logged, and before what lies ahead one reads about the client. */
export function hrefOf({ visit, client }: Item): string {
  if (visit.outcome !== null) return paths.entry(client.case, visit.record);
  const begun = Date.parse(visit.start) <= app.now;
  return begun ? paths.visit(client.case, visit.record) : paths.client(client.case);
}

export function isPlanned({ visit }: Item): boolean {
  return visit.outcome === null;
}

/** The other person of a visit that two make: her name, whoever of them leads it. */
export function colleagueOf({ visit }: Item): string | null {
  const other = visit.worker === app.session?.user ? visit.partner : visit.worker;
  return other === null ? null : app.nameOf(other);
}

/** A colleague leads it and I come along: it is hers to drag. */
export function isColleagues({ visit }: Item): boolean {
  return visit.worker !== null && visit.worker !== app.session?.user;
}

/** Does it take time: planned, or done. What was called off does not. */
export function takesTime({ visit }: Item): boolean {
  return visit.outcome === null || isDelivered(visit.outcome);
}

/** "5 käyntiä, 6 t 20 min" */
export function totalOf(items: readonly Item[]): string {
  const spans = items.filter(takesTime).map(({ visit }) => visit);
  return words.week.total(spans.length, format.duration(totalMinutes(spans)));
}

/** The same of a day; that there is none only where every visit of it is known (F4). */
export function dayTotalOf(items: readonly Item[], isComplete: boolean): string {
  if (items.length > 0) return totalOf(items);
  return isComplete ? words.week.dayFree : '';
}

/** Of a person's row: of a colleague none of whose visits lie here nothing is known, and nothing is said. */
export function rowTotalOf(days: readonly { items: readonly Item[] }[]): string {
  const items = days.flatMap((day) => day.items);
  return items.length > 0 ? totalOf(items) : '';
}

/** "ti 3.12. 9.00–10.00" */
export function whenOf({ start, end }: { start: string; end: string }): string {
  return `${format.day(start)} ${format.span(start, end)}`;
}
