/** Visits as the screens need them: planned, logged, and one after another. */

import type { RecordView } from '../store/engine.ts';
import { lineOf, partsOf, partText } from './records.ts';
import { isRemoved } from './removal.ts';
import type { Instant } from './time.ts';

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
  code: string | null;
  reason: string | null;
} {
  const parts = partsOf(visit, 'outcome');
  return { code: partText(parts, 'code'), reason: partText(parts, 'reason') };
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

/** Logged visits and plain notes, the latest first. */
export function latestEntries(records: RecordView[]): RecordView[] {
  return records
    .filter((record) => record.kind === 'note' || (record.kind === 'visit' && isLogged(record)))
    .sort((a, b) => (entryTime(a) < entryTime(b) ? 1 : -1));
}

export function entryTime(record: RecordView): Instant {
  return (record.kind === 'note' ? lineOf(record, 'at') : startOf(record)) ?? '';
}

function byStart(a: RecordView, b: RecordView): number {
  return (startOf(a) ?? '') < (startOf(b) ?? '') ? -1 : 1;
}

/** Visits of others or of one's own that would run at the same time: a clash warns, it never blocks. */
export function clashesWith<T extends Span>(plan: Span, others: T[]): T[] {
  return others.filter((other) => other.start < plan.end && plan.start < other.end);
}
