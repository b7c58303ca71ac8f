/** Who of the team there is to make a visit, and what is told of giving it to one of them (E7). */

import { app } from '../app/app.svelte.ts';
import type { Item } from '../domain/agenda.ts';
import { absencesOf, standInsOn, standsIn } from '../domain/absences.ts';
import { isCaseworker, isSupervisor } from '../domain/roles.ts';
import { clashesOf, makerOf, readsSurely } from '../domain/team_day.ts';
import type { Span } from '../domain/visits.ts';
import type { CaseSummary, Person } from '../model/engine.ts';
import { dayOf } from '../rules/time.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';
import { standIns } from './stand_ins.svelte.ts';

/** Those who meet clients: of one's own team, or, for whoever has none, the own workers of the clients on this device. */
export function teammates(): Person[] {
  const team = app.me?.team ?? null;
  const own = new Set(app.summaries.map(({ ownWorker }) => ownWorker));
  return [...app.people.values()]
    .filter(({ role }) => isCaseworker(role))
    .filter((one) => (team === null ? own.has(one.id) : one.team === team))
    .sort((a, b) => format.inOrder(a.name, b.name));
}

/** A visit that somebody would make: whose, with whom, and which record it is. */
interface AskedVisit {
  client: CaseSummary;
  record: string;
  /** who makes it as it stands, and who comes along */
  maker: string | null;
  partner: string | null;
}

export function askedVisitOf(item: Item): AskedVisit {
  const { client, visit } = item;
  return { client, record: visit.record, maker: makerOf(item), partner: visit.partner };
}

/**
 * Of a visit at that time in that person's row: what they have then but for `leftOut`, that somebody stands in for them, that
 * they may not read about the client; and what the other of two has then.
 */
export function toldOfPlace(
  wanted: AskedVisit,
  person: string,
  span: Span,
  leftOut: readonly string[] = [],
  row: string | null = person,
): string[] {
  const clash = clashTold(wanted, person, span, leftOut);
  return [
    ...(clash ? [words.caseFile.clash(clash.when, clash.name) + clash.more] : []),
    ...absenceTold(person, span),
    ...(isReader(wanted, person, span) ? [] : [words.week.mayNotRead(app.nameOf(person))]),
    ...toldOfOther(wanted, row, span, leftOut),
  ];
}

/** What whoever comes along has at that time, or whoever makes it where it stands in the row of who comes along. */
export function toldOfOther(
  wanted: AskedVisit,
  row: string | null,
  span: Span,
  leftOut: readonly string[] = [],
): string[] {
  const { maker, partner } = wanted;
  if (maker === null || partner === null || maker === partner) return [];
  const other = row === partner ? maker : partner;
  const clash = clashTold(wanted, other, span, leftOut);
  const said = clash && words.week.othersClash(app.nameOf(other), clash.when, clash.name);
  return said ? [said + clash.more] : [];
}

function clashTold({ record }: AskedVisit, person: string, span: Span, leftOut: readonly string[]) {
  const clashes = clashesOf(app.summaries, person, span, record);
  const [first, ...more] = clashes.filter(({ visit }) => !leftOut.includes(visit.record));
  if (first === undefined) return null;
  const when = format.span(first.visit.start, first.visit.end);
  const also = more.length > 0 ? ` ${words.caseFile.clashMore(more.length)}` : '';
  return { when, name: first.client.name, more: also };
}

function absenceTold(person: string, span: Span): string[] {
  const on = { day: dayOf(span.start), today: dayOf(app.now) };
  const names = standInsOn(absencesOf(app.summaries, standIns.all), person, on).map((one) =>
    app.nameOf(one),
  );
  return names.length > 0 ? [words.week.hasStandIn(app.nameOf(person), names.join(', '))] : [];
}

/**
 * As far as this device can tell: who is on the visit already, its own person, whoever leads the client's team or stands in there,
 * and who has surely read the file.
 */
function isReader({ client, maker, partner }: AskedVisit, person: string, span: Span): boolean {
  const { role = null, team = null } = app.people.get(person) ?? {};
  const known = [maker, partner, app.session?.user];
  const leads = isSupervisor(role) && team === client.team;
  const lent = standsIn(standIns.all, person, client.case, span.start);
  return known.includes(person) || leads || lent || readsSurely(client, person);
}
