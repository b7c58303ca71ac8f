/** The outbox in the order in which it concerns a person. Pure. */

import { dayOf } from '../../domain/time.ts';
import type { Json, OutboxEntry } from '../../store/engine.ts';

export interface Groups {
  refused: OutboxEntry[];
  held: OutboxEntry[];
  sending: OutboxEntry[];
  waiting: OutboxEntry[];
  sentToday: OutboxEntry[];
}

/** What needs somebody comes first; within a group the newest. */
export function groupsOf(entries: readonly OutboxEntry[], now: number): Groups {
  const of = (state: OutboxEntry['state']) =>
    entries.filter((entry) => entry.state === state).sort((a, b) => b.at - a.at);
  return {
    refused: of('refused'),
    held: of('held'),
    sending: of('sending'),
    waiting: of('waiting'),
    sentToday: of('sent').filter((entry) => dayOf(entry.at) === dayOf(now)),
  };
}

/** Fields that a person wrote themselves, which can be mended as text. */
const written = new Set([
  'note', 'text', 'title', 'client_words', 'client_name', 'address', 'municipality', 'phone',
  'safety_note', 'social_worker', 'eligibility_reason',
]); // prettier-ignore

export function isWritten(path: string, value: Json): value is string {
  return typeof value === 'string' && written.has(path);
}

/** The longest text of an entry: what it was about, in one line. */
export function gistOf(set: Record<string, Json>): string {
  return Object.entries(set)
    .flatMap(([path, value]) => (isWritten(path, value) ? [value] : []))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
