/** Visits as the screens need them: planned, logged, and one after another. */

import { kindOf } from '../kinds/declared.ts';
import type { RecordView } from '../model/engine.ts';
import { lineOf, partsOf, partText } from './records.ts';
import { isRemoved } from '../rules/merge.ts';
import type { Instant } from '../rules/time.ts';
import type { VisitOutcome } from '../rules/constants.ts';

export interface Span {
  start: Instant;
  end: Instant;
}

/** `plan` or `actual`; `null` where an end of it is missing. */
export function spanOf(visit: RecordView | null, path: 'plan' | 'actual'): Span | null {
  const parts = partsOf(visit, path);
  const start = partText(parts, 'start');
  const end = partText(parts, 'end');
  return start !== null && end !== null ? { start, end } : null;
}

export function outcomeOf(visit: RecordView | null): {
  code: VisitOutcome | null;
  reason: string | null;
  side: string | null;
} {
  const parts = partsOf(visit, 'outcome');
  const text = (name: string) => partText(parts, name);
  return { code: text('code') as VisitOutcome | null, reason: text('reason'), side: text('side') };
}

/** When a visit took place, or is planned to. */
export function startOf(visit: RecordView): Instant | null {
  return (spanOf(visit, 'actual') ?? spanOf(visit, 'plan'))?.start ?? null;
}

export function isLogged(visit: RecordView): boolean {
  return outcomeOf(visit).code !== null;
}

export function visitsOf(records: RecordView[]): RecordView[] {
  return records.filter((record) => record.kind === 'visit' && !isRemoved(record));
}

/** Planned and not logged, from `from` on, the nearest first. */
export function plannedVisits(records: RecordView[], from: Instant): RecordView[] {
  return visitsOf(records)
    .filter((visit) => !isLogged(visit) && (spanOf(visit, 'plan')?.end ?? '') >= from)
    .sort(byStart);
}

/** Planned, its time gone by, and still not logged; the oldest first. */
export function unloggedVisits(records: RecordView[], now: Instant): RecordView[] {
  return visitsOf(records)
    .filter((visit) => !isLogged(visit) && (spanOf(visit, 'plan')?.end ?? now) < now)
    .sort(byStart);
}

/** What happened: logged visits, plain notes and records of other kinds that say when they were; the latest first. */
export function latestEntries(records: RecordView[]): RecordView[] {
  return records
    .filter((record) => (record.kind === 'visit' ? isLogged(record) : happens(record)))
    .sort((a, b) => (entryTime(a) < entryTime(b) ? 1 : -1));
}

export function entryTime(record: RecordView): Instant {
  const [time = ''] = (kindOf(record.kind)?.happened ?? []).flatMap((path) => {
    const [field = '', part] = path.split('.');
    const said = part ? partText(partsOf(record, field), part) : lineOf(record, field);
    return said ?? [];
  });
  return time;
}

function happens({ kind }: RecordView): boolean {
  return kindOf(kind)?.happened !== undefined;
}

function byStart(a: RecordView, b: RecordView): number {
  return (startOf(a) ?? '') < (startOf(b) ?? '') ? -1 : 1;
}

/** Visits of others or of one's own that would run at the same time: a clash warns, it never blocks. */
export function clashesWith<T extends Span>(plan: Span, others: T[]): T[] {
  return others.filter((other) => other.start < plan.end && plan.start < other.end);
}
