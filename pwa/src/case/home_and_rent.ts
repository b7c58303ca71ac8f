/** Where a client lives and how the rent goes, a line each: what is asked first of anybody. */

import { valuesOf } from '../domain/columns.ts';
import { isOpen } from '../domain/kind_rules.ts';
import { lineOf, numberOf, textOf } from '../domain/records.ts';
import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import type { Day } from '../rules/time.ts';
import { entryOf, labelOf } from '../words/catalogue.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';
import { euros, monthName } from '../words/money.ts';

/** what is agreed on is not late */
const AGREED = 'payment_plan';

function openOf(kind: string, records: readonly RecordView[], today: Day): RecordView[] {
  return records.filter(
    (one) => one.kind === kind && !isRemoved(one) && isOpen(kind, { values: valuesOf(one), today }),
  );
}

/** Newest last. */
const byLine = (path: string) => (a: RecordView, b: RecordView) =>
  textOf(a, path) < textOf(b, path) ? -1 : 1;

const homeOf = (records: readonly RecordView[], today: Day) =>
  openOf('stay', records, today).sort(byLine('start')).at(-1) ?? null;

/** "Oma vuokrakoti 14.11.2025 alkaen"; empty where no stay is recorded. */
export function homeText(records: readonly RecordView[], today: Day): string {
  const stay = homeOf(records, today);
  const start = lineOf(stay, 'start');
  const since = start && words.caseFile.phaseSince(format.date(start));
  return [labelOf('stay_kind', lineOf(stay, 'stay_kind')), since].filter(Boolean).join(' ');
}

/** What is late with its sum, or how the last month stands; a home of one's own without a single rent says so. */
export function rentText(records: readonly RecordView[], today: Day): string {
  const rents = records.filter((one) => one.kind === 'rent' && !isRemoved(one));
  const latest = rents.sort(byLine('month')).at(-1);
  if (latest === undefined) {
    const stay = lineOf(homeOf(records, today), 'stay_kind');
    const isOwn = stay !== null && entryOf('stay_kind', stay)?.['permanent_home'] === true;
    return isOwn ? words.kind.noRents : '';
  }
  const late = openOf('rent', rents, today).filter(
    (one) => textOf(one, 'due_on') < today && textOf(one, 'status') !== AGREED,
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
