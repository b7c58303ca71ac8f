/** The outbox as a person thinks of it: one thing for each time they saved, in the order in which it concerns them. Pure. */

import type { Json, OutboxEntry } from '../../store/engine.ts';

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
  held: Saved[];
  sentToday: Saved[];
}

const URGENCY = ['refused', 'sending', 'waiting', 'held', 'sent'] as const;

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
export function groupsOf(entries: readonly OutboxEntry[]): Groups {
  const all = savedOf(entries).sort((a, b) => b.at - a.at);
  const of = (...states: OutboxEntry['state'][]) =>
    all.filter((saved) => states.includes(saved.state));
  return {
    refused: of('refused'),
    queue: [...of('sending'), ...of('waiting')],
    held: of('held'),
    sentToday: of('sent'),
  };
}

/** A planned visit that nobody has made yet reads otherwise than one that was logged. */
export function isPlan({ kind, set }: OutboxEntry): boolean {
  return kind === 'visit' && 'plan' in set && !('outcome' in set);
}

/** Fields that a person wrote themselves, which can be mended as text. */
const written = new Set([
  'note', 'text', 'title', 'client_words', 'client_name', 'address', 'municipality', 'phone',
  'safety_note', 'social_worker', 'eligibility_reason',
]); // prettier-ignore

export function isWritten(path: string, value: Json): value is string {
  return typeof value === 'string' && written.has(path);
}

/** A refused entry in its form: the texts that can be mended. */
export interface Mending {
  texts: { path: string; text: string }[];
}

export function textsIn(set: OutboxEntry['set']): Mending['texts'] {
  return Object.entries(set).flatMap(([path, text]) =>
    isWritten(path, text) ? [{ path, text }] : [],
  );
}

/** What the draft of a mended entry is called. */
export function mendName(change: string): string {
  return `mend:${change}`;
}

/** The longest text that somebody wrote in it: what it was about, in one line. */
export function gistOf(parts: readonly OutboxEntry[]): string {
  return parts
    .flatMap(({ set }) => textsIn(set))
    .reduce((longest, { text }) => (text.length > longest.length ? text : longest), '');
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

/** What has lost its text, or would be refused as a whole again, can only be mended (S7). */
export function canBeHanded(entry: OutboxEntry): boolean {
  return entry.kind !== '' && adviceOf(entry) === null;
}
