/** The outbox as its screen lists it (Lähtevät): what waits, what needs fixing, what was sent today. */

import { todayOf } from '../domain/summary.ts';
import { parse } from '../rules/clock.ts';
import type { OutboxEntry } from '../model/engine.ts';
import type { OwnChange } from './records.ts';
import { waitingUploads, type StoredUpload } from './attachments.ts';
import type { Store } from './store.ts';
import { sentRows } from './sent.ts';

/** Among how many of the last exchanges today's entries are looked for. */
const RECENT_ROWS = 100;

/** `isSending`: a request is on its way. Between two tries an entry waits, even if one has carried it. */
export async function outboxEntries(store: Store, isSending: boolean): Promise<OutboxEntry[]> {
  const today = todayOf(store.now());
  const sent = (await sentRows(store, RECENT_ROWS)).flat();
  const sentToday = sent.filter(({ settledAt = 0 }) => todayOf(settledAt) === today);
  const lastSentCounter = isSending ? store.syncState.lastSentCounter : 0;
  const entries = [...sentToday, ...store.outbox.all()].map((entry) =>
    listed(entry, lastSentCounter),
  );
  return withUploads(entries, await waitingUploads(store));
}

/** An attachment is not sent before its bytes are; of one whose entry was sent earlier nothing else stands here. */
function withUploads(entries: OutboxEntry[], uploads: StoredUpload[]): OutboxEntry[] {
  const waiting = new Set(uploads.map(({ record }) => record));
  const shown = entries.map((entry) => {
    if (entry.state !== 'sent' || !waiting.has(entry.record) || !('file' in entry.set))
      return entry;
    return { ...entry, state: 'waiting' as const };
  });
  const others = uploads.filter(({ record }) => !shown.some((entry) => entry.record === record));
  return [...shown, ...others.map(asEntry)];
}

function asEntry({ record, case: caseId, at }: StoredUpload): OutboxEntry {
  const id = `file ${record}`;
  return { id, save: id, record, case: caseId, kind: 'attachment', at, state: 'waiting', set: {} };
}

function listed(entry: OwnChange, lastSentCounter: number): OutboxEntry {
  const { id, record, kind, case: caseId, at, set } = entry.change;
  const states = {
    waiting: entry.n <= lastSentCounter ? 'sending' : 'waiting',
    acknowledged: 'sent',
    in_review: 'in_review',
    refused: 'refused',
  } as const;
  const state = states[entry.state];
  const { save } = entry;
  const moment = parse(at).time_ms;
  const listed: OutboxEntry = { id, save, record, case: caseId, kind, at: moment, state, set };
  if (state === 'sent' && entry.settledAt) listed.sentAt = entry.settledAt;
  return entry.problem ? { ...listed, problem: entry.problem } : listed;
}
