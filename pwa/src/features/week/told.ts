/** Who of the team there is to make a visit, and what is told of giving it to one of them (E7). */

import { app } from '../../app/app.svelte.ts';
import type { Item } from '../../domain/agenda.ts';
import { isCaseworker, isSupervisor } from '../../domain/roles.ts';
import { clashesOf, makerOf, readsSurely } from '../../domain/team_day.ts';
import type { Span } from '../../domain/visits.ts';
import type { Person } from '../../model/engine.ts';
import { format } from '../../words/format.svelte.ts';
import { words } from '../../words/index.svelte.ts';

/** Those who meet clients: of one's own team, or, for whoever has none, the own workers of the clients on this device. */
export function teammates(): Person[] {
  const team = app.me?.team ?? null;
  const own = new Set(app.summaries.map(({ ownWorker }) => ownWorker));
  return [...app.people.values()]
    .filter(({ role }) => isCaseworker(role))
    .filter((one) => (team === null ? own.has(one.id) : one.team === team))
    .sort((a, b) => format.inOrder(a.name, b.name));
}

/** That person's visits at the same time but for those `leftOut`, and that they may not read about the client. */
export function toldOfPlace(
  item: Item,
  person: string,
  span: Span,
  leftOut: readonly string[] = [],
): string[] {
  const clashes = clashesOf(app.summaries, person, span, item.visit.record);
  const [first, ...more] = clashes.filter(({ visit }) => !leftOut.includes(visit.record));
  const clash = first && [
    words.caseFile.clash(format.span(first.visit.start, first.visit.end), first.client.name),
    ...(more.length > 0 ? [words.caseFile.clashMore(more.length)] : []),
  ];
  return [
    ...(clash ? [clash.join(' ')] : []),
    ...(isReader(item, person) ? [] : [words.week.mayNotRead(app.nameOf(person))]),
  ];
}

/**
 * As far as this device can tell: who is on the visit already, its own person, whoever leads the client's team, and who has surely
 * read the file.
 */
function isReader(item: Item, person: string): boolean {
  const { client, visit } = item;
  const { role = null, team = null } = app.people.get(person) ?? {};
  const known = [makerOf(item), visit.partner, app.session?.user];
  const leads = isSupervisor(role) && team === client.team;
  return known.includes(person) || leads || readsSurely(client, person);
}
