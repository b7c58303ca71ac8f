/** The outbox as a person thinks of it: one thing for each time they saved, in the order in which it concerns them. Pure. */

import { isWritten } from '../../kinds/fields.ts';
import type { OutboxEntry } from '../../model/engine.ts';

/** All that was saved together. Its parts may fare differently: the state is that of the part that needs somebody most. */
export interface Saved {
  save: string;
  case: string;
  /** when it was saved (ms) */
  at: number;
  state: OutboxEntry['state'];
  /** in the order of saving: the first is what it was about */
  parts: OutboxEntry[];
  /** the last part's arrival (ms), once all of it is sent */
  sentAt: number | null;
}

interface Groups {
  refused: Saved[];
  /** on its way, or waiting for it: what the sync chip counts */
  queue: Saved[];
  inReview: Saved[];
  sentToday: Saved[];
}

const URGENCY = ['refused', 'sending', 'waiting', 'in_review', 'sent'] as const;

function savedOf(entries: readonly OutboxEntry[]): Saved[] {
  const bySave = new Map<string, OutboxEntry[]>();
  for (const entry of entries) bySave.set(entry.save, [...(bySave.get(entry.save) ?? []), entry]);
  return [...bySave].flatMap(([save, parts]) => {
    const [first] = parts;
    if (!first) return [];
    const state = URGENCY.find((one) => parts.some((part) => part.state === one)) ?? 'sent';
    const sentAt = state === 'sent' ? Math.max(...parts.map((part) => part.sentAt ?? 0)) : null;
    return [{ save, case: first.case, at: first.at, state, parts, sentAt }];
  });
}

/** What needs somebody comes first; within a group the newest. */
export function outboxGroups(entries: readonly OutboxEntry[]): Groups {
  const all = savedOf(entries).sort((a, b) => b.at - a.at);
  const of = (...states: OutboxEntry['state'][]) =>
    all.filter((saved) => states.includes(saved.state));
  return {
    refused: of('refused'),
    queue: [...of('sending'), ...of('waiting')],
    inReview: of('in_review'),
    sentToday: of('sent'),
  };
}

/** A planned visit that nobody has made yet reads otherwise than one that was logged. */
export function isPlan({ kind, set }: OutboxEntry): boolean {
  return kind === 'visit' && 'plan' in set && !('outcome' in set);
}

/** That a case file was opened (R13): nobody wrote it, and there is nothing to fix. */
export function isReading({ kind, record }: OutboxEntry): boolean {
  return kind === 'reading' && record === '';
}

/** What the draft of a fixed entry is called. */
export function fixDraftName(change: string): string {
  return `mend:${change}`;
}

/** The longest text that somebody wrote in it: what it was about, in one line. */
export function gistOf(parts: readonly OutboxEntry[]): string {
  return parts
    .flatMap(({ kind, set }) =>
      Object.entries(set).map(([path, value]) =>
        typeof value === 'string' && isWritten(kind, path) ? value : '',
      ),
    )
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

type Advice = 'shorten' | 'writeAnew' | 'saveAnew';

const advice = new Map<string, Advice>([
  ['body_too_large', 'shorten'],
  ['body_malformed', 'writeAnew'],
  ['change_id_reused', 'saveAnew'],
]);

/** What the person can do where the server cannot take the entry as it is, whoever sends it. */
export function adviceOf({ problem }: OutboxEntry): Advice | null {
  return (problem && advice.get(problem.code)) ?? null;
}

/** Of a client whose data was erased (A13): the text can be copied, and nothing else comes of it. */
export function isOfErased({ problem }: OutboxEntry): boolean {
  return problem?.code === 'case_erased';
}

/** What has lost its text, or would be refused as a whole again, can only be fixed (S7). */
export function canBeHanded(entry: OutboxEntry): boolean {
  return entry.kind !== '' && adviceOf(entry) === null && !isOfErased(entry);
}
