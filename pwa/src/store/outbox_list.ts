/** The outbox as its screen lists it (Lähtevät): what waits, what needs fixing, what was sent today. */

import { todayOf } from '../domain/summary.ts';
import { parse } from '../rules/clock.ts';
import type { OutboxEntry } from '../model/engine.ts';
import type { OwnChange } from './records.ts';
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
  return [...sentToday, ...store.outbox.all()].map((entry) => listed(entry, lastSentCounter));
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
