/** What is asked first of any client, a line each (Q2): when they were met, what is late and next, home, rent, what to mind,
 * what they work at, who is around them. */

import { valuesOf } from '../domain/columns.ts';
import { deadlinesOf, type FallingDue } from '../domain/falling_due.ts';
import { openOf } from '../domain/overview.ts';
import { goalsOf } from '../domain/goals.ts';
import { entryTime } from '../domain/visits.ts';
import { lineOf, numberOf, textOf } from '../domain/records.ts';
import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import type { Day } from '../rules/time.ts';
import { entryOf, kindWord, labelOf } from '../words/catalogue.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';
import { euros, monthName } from '../words/money.ts';
import { deadlineName, recordName, type Names } from '../words/readable.ts';
import { deadlinesIn } from './deadlines.ts';

/** so that a line takes two at the most */
const NAMES_MAX = 2;
/** Newest last. */
const byLine = (path: string) => (a: RecordView, b: RecordView) =>
  textOf(a, path) < textOf(b, path) ? -1 : 1;

const homeOf = (records: readonly RecordView[], today: Day) =>
  openOf('stay', records, today).sort(byLine('start')).at(-1) ?? null;

/** Name and text of each line that has one. */
export function atAGlance(
  records: readonly RecordView[],
  today: Day,
  names: Names,
  met: readonly RecordView[],
): [name: string, said: string][] {
  const named = (kind: string): [string, string] => {
    const called = openOf(kind, records, today).map((one) => nameIn(one, names));
    return [kindWord(`${kind}.@${called.length > 1 ? 'many' : 'name'}`) ?? kind, listed(called)];
  };
  const { late, coming } = deadlinesIn(records, today);
  const lines: [string, string][] = [
    [words.caseFile.lastEntry, metText(met)],
    [words.kind.lateDue, nextText(late)],
    [words.kind.comingDue, nextText(coming)],
    [words.kind.home, homeText(records, today)],
    [kindWord('rent.@name') ?? '', rentText(records, today)],
    named('disturbance'),
    // Nothing recorded is said: a line that is not there reads as "safe".
    [kindWord('risk.@name') ?? '', named('risk')[1] || words.kind.noRisks],
    [words.goal.goals, listed(goalsOf(records).open.map((goal) => textOf(goal, 'title')))],
    [kindWord('member.@many') ?? '', named('member')[1]],
  ];
  return lines.filter(([, said]) => said !== '');
}

function listed(called: readonly string[]): string {
  const more = called.length - NAMES_MAX;
  return andMore(called.slice(0, NAMES_MAX).join(' · '), more);
}

function andMore(said: string, more: number): string {
  return more > 0 ? `${said} ${words.kind.moreOpen(more)}` : said;
}

/** "pe 27.11. · Kotikäynti", of a call with the day of the last meeting: "ma 30.11. · Puhelintuki (tavattu pe 27.11.)" */
function metText(met: readonly RecordView[]): string {
  const [last] = met;
  if (!last) return '';
  const seen = met.find((one) => lineOf(one, 'mode') === 'face_to_face');
  const said = `${format.day(entryTime(last))} · ${labelOf('visit_kind', lineOf(last, 'visit_kind'))}`;
  if (!seen || seen === last) return said;
  return `${said} (${words.caseFile.metOn(format.day(entryTime(seen)))})`;
}

/** "9.12.2026 Päätös on päättymässä ja 3 muuta"; late ones with the day that has gone by */
function nextText([first, ...others]: readonly FallingDue[]): string {
  if (first === undefined) return '';
  return andMore(`${format.date(first.day)} ${deadlineName(first)}`, others.length);
}

/** "Katri Lehto (sosiaalityöntekijä)": a name alone says nothing to who stands in. */
function nameIn(record: RecordView, names: Names): string {
  const who = labelOf('network_member_kind', lineOf(record, 'member_kind'));
  const name = recordName(record, names);
  return record.kind === 'member' && who !== '' && who !== name
    ? `${name} (${who.toLowerCase()})`
    : name;
}

/** "Oma vuokrakoti 14.11.2025–"; empty where no stay is recorded. */
function homeText(records: readonly RecordView[], today: Day): string {
  const stay = homeOf(records, today);
  const start = lineOf(stay, 'start');
  const since = start && `${format.date(start)}–`;
  return [labelOf('stay_kind', lineOf(stay, 'stay_kind')), since].filter(Boolean).join(' ');
}

/** What is late with its sum, or how the last month stands; a home of one's own without a single rent says so. */
function rentText(records: readonly RecordView[], today: Day): string {
  const rents = records.filter((one) => one.kind === 'rent' && !isRemoved(one));
  const latest = rents.sort(byLine('month')).at(-1);
  if (latest === undefined) {
    const stay = lineOf(homeOf(records, today), 'stay_kind');
    const isOwn = stay !== null && entryOf('stay_kind', stay)?.['permanent_home'] === true;
    return isOwn ? words.kind.noRents : '';
  }
  const late = rents.filter((one) =>
    deadlinesOf('rent', valuesOf(one), today).some(({ day }) => day < today),
  );
  if (late.length === 0) {
    const status = lineOf(latest, 'status');
    const month = `${labelOf('rent_status', status)} (${monthName(textOf(latest, 'month'), today)})`;
    return status === 'paid' ? `${month}, ${words.kind.noArrears}` : month;
  }
  const owed = late.reduce(
    (sum, one) => sum + (numberOf(one, 'amount_cents') ?? 0) - (numberOf(one, 'paid_cents') ?? 0),
    0,
  );
  return words.kind.rentsLate(late.length, euros(owed));
}
