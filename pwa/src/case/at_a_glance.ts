/** What is asked first of any client, a line each (Q2): when they were met, what is late and next, home, rent, what to mind,
 * what they work at, who is around them. */

import { valuesOf } from '../domain/columns.ts';
import { deadlinesOf, type FallingDue } from '../domain/falling_due.ts';
import { openOf } from '../domain/overview.ts';
import { goalsOf } from '../domain/goals.ts';
import { entryTime } from '../domain/visits.ts';
import { differingPaths, lineOf, listOf, numberOf, textOf } from '../domain/records.ts';
import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import { daysBetween, type Day } from '../rules/time.ts';
import { entryOf, kindWord, labelOf } from '../words/catalogue.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';
import { euros, monthName } from '../words/money.ts';
import { deadlineName, recordName, type Names } from '../words/readable.ts';
import { deadlinesIn } from './deadlines.ts';

const SETTLED = new Set<string | null>(['paid', 'paid_late', 'direct_payment']);
const SOCIAL_WORKER = 'social_worker';
/** so that a line takes two at the most */
const NAMES_MAX = 2;
/** Newest last. */
const byLine = (path: string) => (a: RecordView, b: RecordView) =>
  textOf(a, path) < textOf(b, path) ? -1 : 1;

const homeOf = (records: readonly RecordView[], today: Day) =>
  openOf('stay', records, today).sort(byLine('start')).at(-1) ?? null;

/** `fix`: somebody has to do something about it; `strong`: to be seen before the visit; `brief`: written words, two lines of them */
type Weight = 'fix' | 'strong' | 'brief';
type Line = [name: string, said: string, weight?: Weight | undefined];

/** Each line that says something. */
export function atAGlance(
  records: readonly RecordView[],
  today: Day,
  names: Names,
  met: readonly RecordView[],
): Line[] {
  const named = (kind: string): [string, string] => {
    const called = openOf(kind, records, today).map((one) => nameIn(one, names));
    return [kindWord(`${kind}.@${called.length > 1 ? 'many' : 'name'}`) ?? kind, listed(called)];
  };
  const { late, coming } = deadlinesIn(records, today);
  const rents = rentText(records, today);
  const risks = named('risk')[1];
  const isFlagged = records.some((one) => one.kind === 'case' && listOf(one, 'safety').length > 0);
  const differing = records.filter((one) => differingPaths(one).length > 0);
  const lines: Line[] = [
    [words.entries.differingToday, listed(differing.map((one) => recordName(one, names))), 'fix'],
    [isMet(met[0]) ? words.caseFile.met : words.caseFile.lastEntry, metText(met)],
    [words.kind.lateDue, lateText(late, today), 'fix'],
    // Nothing recorded is said: a line that is not there reads as "safe".
    [
      kindWord('risk.@name') ?? '',
      risks || (isFlagged ? words.kind.onlyFlags : words.kind.noRisks),
      risks ? 'strong' : undefined,
    ],
    named('disturbance'),
    [kindWord('rent.@name') ?? '', rents.said, rents.isLate ? 'fix' : undefined],
    [words.kind.home, homeText(records, today)],
    [words.caseFile.agreed, agreedText(met), 'brief'],
    [words.goal.goals, goalsText(goalsOf(records).open)],
    [kindWord('member.@many') ?? '', aroundText(records, today, names)],
    [words.kind.comingDue, nextText(coming)],
  ];
  return lines.filter(([, said]) => said !== '');
}

/** "Työn alla: Opiskelupaikka · Keittiö siistinä"; where they differ, each with its own: "Opiskelupaikka (sovittu)" */
function goalsText(goals: readonly RecordView[]): string {
  const states = goals.map((goal) => labelOf('goal_status', lineOf(goal, 'status')));
  const isOne = new Set(states).size === 1;
  const called = goals.map((goal, at) =>
    isOne ? textOf(goal, 'title') : `${textOf(goal, 'title')} (${states[at]?.toLowerCase() ?? ''})`,
  );
  return [isOne && states[0], listed(called)].filter(Boolean).join(': ');
}

function listed(called: readonly string[]): string {
  const more = called.length - NAMES_MAX;
  return andMore(called.slice(0, NAMES_MAX).join(' · '), more);
}

function andMore(said: string, more: number): string {
  return more > 0 ? `${said} ${words.kind.moreOpen(more)}` : said;
}

const isMet = (visit: RecordView | undefined) =>
  visit !== undefined && lineOf(visit, 'mode') === 'face_to_face';

/** "pe 27.11. · Kotikäynti", of a call with the day of the last meeting: "ma 30.11. · Puhelintuki (tavattu pe 27.11.)" */
function metText(met: readonly RecordView[]): string {
  const [last] = met;
  if (!last) return '';
  const seen = met.find(isMet);
  const said = `${format.day(entryTime(last))} · ${labelOf('visit_kind', lineOf(last, 'visit_kind'))}`;
  if (!seen || seen === last) return said;
  return `${said} (${words.caseFile.metOn(format.day(entryTime(seen)))})`;
}

/** What was agreed when they last met and agreed on something. */
function agreedText(met: readonly RecordView[]): string {
  const agreed = met.find((one) => textOf(one, 'agreed') !== '');
  return agreed ? textOf(agreed, 'agreed') : '';
}

/** Who is around them, the social worker first: one of the network, or whom the header names. */
function aroundText(records: readonly RecordView[], today: Day, names: Names): string {
  const members = openOf('member', records, today);
  const isSocial = (one: RecordView) => lineOf(one, 'member_kind') === SOCIAL_WORKER;
  const header = records.find((one) => one.kind === 'case');
  const responsible = lineOf(header ?? null, 'social_worker');
  const called = [...members.filter(isSocial), ...members.filter((one) => !isSocial(one))].map(
    (one) => nameIn(one, names),
  );
  if (responsible !== null && !members.some(isSocial))
    called.unshift(withRole(responsible, labelOf('network_member_kind', SOCIAL_WORKER)));
  return listed(called);
}

/** "181 päivää: Tarkista riski ja sovitut keinot ja 3 muuta" */
function lateText([first, ...others]: readonly FallingDue[], today: Day): string {
  if (first === undefined) return '';
  const days = words.kind.days(daysBetween(first.day, today));
  return andMore(`${days}: ${deadlineName(first)}`, others.length);
}

/** "9.12.2026 Päätös on päättymässä ja 3 muuta" */
function nextText([first, ...others]: readonly FallingDue[]): string {
  if (first === undefined) return '';
  return andMore(`${format.date(first.day)} ${deadlineName(first)}`, others.length);
}

/** "Katri Lehto (sosiaalityöntekijä)": a name alone says nothing to who stands in. "Päihteiden käyttö (vaarantaa kodin nyt)" */
function nameIn(record: RecordView, names: Names): string {
  const name = recordName(record, names);
  if (record.kind === 'member')
    return withRole(name, labelOf('network_member_kind', lineOf(record, 'member_kind')));
  const level = record.kind === 'risk' && (lineOf(record, 'after') ?? lineOf(record, 'before'));
  return level === 'acute' ? withRole(name, labelOf('risk_level', level)) : name;
}

const withRole = (name: string, role: string) =>
  role === '' || role === name ? name : `${name} (${role.toLowerCase()})`;

/** "Oma vuokrakoti 14.11.2025–"; empty where no stay is recorded. */
function homeText(records: readonly RecordView[], today: Day): string {
  const stay = homeOf(records, today);
  const start = lineOf(stay, 'start');
  const since = start && `${format.date(start)}–`;
  return [labelOf('stay_kind', lineOf(stay, 'stay_kind')), since].filter(Boolean).join(' ');
}

/** What is late with its sum, or how the last month stands; a home of one's own without a single rent says so. */
function rentText(records: readonly RecordView[], today: Day): { said: string; isLate: boolean } {
  const rents = records.filter((one) => one.kind === 'rent' && !isRemoved(one));
  const latest = rents.sort(byLine('month')).at(-1);
  if (latest === undefined) {
    const stay = lineOf(homeOf(records, today), 'stay_kind');
    const isOwn = stay !== null && entryOf('stay_kind', stay)?.['permanent_home'] === true;
    return { said: isOwn ? words.kind.noRents : '', isLate: false };
  }
  const late = rents.filter((one) =>
    deadlinesOf('rent', valuesOf(one), today).some(({ day }) => day < today),
  );
  if (late.length === 0) {
    const status = lineOf(latest, 'status');
    const label = labelOf('rent_status', status);
    const said = `${monthName(textOf(latest, 'month'), today)}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
    return { said: SETTLED.has(status) ? `${said}, ${words.kind.noArrears}` : said, isLate: false };
  }
  const owed = late.reduce(
    (sum, one) => sum + (numberOf(one, 'amount_cents') ?? 0) - (numberOf(one, 'paid_cents') ?? 0),
    0,
  );
  return { said: words.kind.rentsLate(late.length, euros(owed)), isLate: true };
}
