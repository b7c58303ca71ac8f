/** What is asked first of any client, a line each: where they live, how the rent goes, what to mind, who is around them. */

import { valuesOf } from '../domain/columns.ts';
import { deadlinesOf } from '../domain/falling_due.ts';
import { openOf } from '../domain/overview.ts';
import { lineOf, numberOf, textOf } from '../domain/records.ts';
import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import type { Day } from '../rules/time.ts';
import { entryOf, kindWord, labelOf } from '../words/catalogue.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';
import { euros, monthName } from '../words/money.ts';
import { recordName, type Names } from '../words/readable.ts';

const NAMES_MAX = 3;
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
): [name: string, said: string][] {
  const named = (kind: string): [string, string] => {
    const called = openOf(kind, records, today).map((one) => nameIn(one, names));
    return [kindWord(`${kind}.@${called.length > 1 ? 'many' : 'name'}`) ?? kind, listed(called)];
  };
  const lines: [string, string][] = [
    [words.kind.home, homeText(records, today)],
    [kindWord('rent.@name') ?? '', rentText(records, today)],
    named('disturbance'),
    named('risk'),
    [kindWord('member.@many') ?? '', named('member')[1]],
  ];
  return lines.filter(([, said]) => said !== '');
}

function listed(called: readonly string[]): string {
  const more = called.length - NAMES_MAX;
  return [...called.slice(0, NAMES_MAX), ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** "Katri Lehto (Sosiaalityöntekijä)": a name alone says nothing to who stands in. */
function nameIn(record: RecordView, names: Names): string {
  const who = labelOf('network_member_kind', lineOf(record, 'member_kind'));
  const name = recordName(record, names);
  return record.kind === 'member' && who !== '' && who !== name ? `${name} (${who})` : name;
}

/** "Oma vuokrakoti 14.11.2025 alkaen"; empty where no stay is recorded. */
function homeText(records: readonly RecordView[], today: Day): string {
  const stay = homeOf(records, today);
  const start = lineOf(stay, 'start');
  const since = start && words.caseFile.phaseSince(format.date(start));
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
    return `${labelOf('rent_status', lineOf(latest, 'status'))} (${monthName(textOf(latest, 'month'))})`;
  }
  const owed = late.reduce(
    (sum, one) => sum + (numberOf(one, 'amount_cents') ?? 0) - (numberOf(one, 'paid_cents') ?? 0),
    0,
  );
  return words.kind.rentsLate(late.length, euros(owed));
}
