/**
 * The reminders of whoever is here, for phones with and without push (N12). What was fetched last lies sealed on the device
 * and is shown without a network; what was dealt with offline is said when there is one.
 */

import { app } from '../../app/app.svelte.ts';
import { inBatches } from './draft_batches.ts';
import { apiRequest, apiCommand, type ApiResult, type Failed, type Shape } from '../../app/api.ts';
import { instantOf } from '../../rules/time.ts';
import type { Json } from '../../model/engine.ts';

export type Reminder = Shape['ReminderShape'];

interface Kept {
  reminders: Reminder[];
  /** dealt with here lately, the latest first */
  done: Reminder[];
  /** of those, the ids that the server has not heard of */
  unsaid: string[];
  fetchedAt: number | null;
}

const KEPT = 'reminders';
const NOTHING: Kept = { reminders: [], done: [], unsaid: [], fetchedAt: null };
const DONE_SHOWN_MAX = 10;
const PATH = '/api/reminders';

let kept = $state.raw<Kept | null>(null);
let saidDrafts = '';

const due = $derived(kept?.reminders.filter((one) => !one.put_off_until) ?? []);

export const inbox = {
  /** null until they have been fetched once on this device */
  get fetchedAt(): number | null {
    return kept?.fetchedAt ?? null;
  },
  get due(): Reminder[] {
    return due;
  },
  get putOff(): Reminder[] {
    return kept?.reminders.filter((one) => one.put_off_until) ?? [];
  },
  get done(): Reminder[] {
    return kept?.done ?? [];
  },
};

let opening: Promise<void> | null = null;
let fetching: Promise<void> | null = null;

/** What was fetched last, once for each unlock: a tap on a notification may come before anybody else asks. */
export function openInbox(): Promise<void> {
  opening ??= app.engine.preference(KEPT).then((found) => {
    kept = found as Kept | null;
  });
  return opening;
}

export function closeInbox(): void {
  opening = null;
  kept = null;
  saidDrafts = '';
}

/** Says what waits to be said, and asks anew. Without an answer all stays as it was. */
export function fetchInbox(): Promise<void> {
  fetching ??= fetchOnce().finally(() => (fetching = null));
  return fetching;
}

async function fetchOnce(): Promise<void> {
  await openInbox();
  await sayDone();
  await sayDrafts();
  const before = kept;
  const answer = await apiRequest<Shape['InboxReply']>('GET', PATH, 'reminders');
  if ('failed' in answer || app.session === null) return;
  // Something was dealt with meanwhile: this answer does not know of it yet.
  if (kept !== before) {
    await fetchOnce();
    return;
  }
  const { done, unsaid } = kept ?? NOTHING;
  const reminders = answer.ok.reminders.filter(({ id }) => !unsaid.includes(id));
  await keep({ reminders, done, unsaid, fetchedAt: Date.now() });
}

/** What a notification was about, by its id. */
export async function reminderOf(id: string): Promise<ApiResult<Reminder>> {
  const answer = await apiRequest<Reminder>('GET', `${PATH}/${id}`, 'kind');
  await openInbox();
  const known = kept?.reminders.find((one) => one.id === id);
  return 'failed' in answer && answer.failed === 'no_connection' && known ? { ok: known } : answer;
}

export async function markSeen(id: string): Promise<void> {
  await apiCommand('POST', `${PATH}/${id}/seen`);
}

/** At once here, and on the server when it answers. */
export async function markDone(reminder: Reminder): Promise<void> {
  await openInbox();
  const { reminders, done, unsaid, fetchedAt } = kept ?? NOTHING;
  const isOther = ({ id }: Reminder) => id !== reminder.id;
  await keep({
    reminders: reminders.filter(isOther),
    done: [reminder, ...done.filter(isOther)].slice(0, DONE_SHOWN_MAX),
    unsaid: [...unsaid, reminder.id],
    fetchedAt,
  });
  await sayDone();
}

/** In ten minutes, by the server's clock: without a network nothing is put off. Null once it stands. */
export async function snooze(id: string): Promise<Failed | null> {
  const failed = await apiCommand('POST', `${PATH}/${id}/snooze`);
  if (failed !== null) return failed;
  // What was being fetched when it was put off does not know of it.
  await fetching;
  await fetchInbox();
  return null;
}

async function sayDone(): Promise<void> {
  for (const id of kept?.unsaid ?? []) {
    const failed = await apiCommand('POST', `${PATH}/${id}/done`);
    if (kept === null || failed === 'no_connection') return;
    // Said, or gone since: either way there is nothing left to say. Any other refusal is asked again.
    if (failed !== null && failed.code !== 'not_found') continue;
    await keep({ ...kept, unsaid: kept.unsaid.filter((one) => one !== id) });
  }
}

/** Which drafts wait here, by their ids, so that one left unfinished is remembered. */
async function sayDrafts(): Promise<void> {
  const drafts = (await app.engine.drafts()).map(({ id, savedAt }) => ({
    id,
    since: instantOf(savedAt),
  }));
  const said = JSON.stringify(drafts);
  if (said === saidDrafts) return;
  for (const body of inBatches(drafts)) {
    const answer = await apiRequest<Shape['DraftsReply']>('PUT', `${PATH}/drafts`, 'refused', body);
    if ('failed' in answer) return;
  }
  saidDrafts = said;
}

async function keep(now: Kept): Promise<void> {
  kept = now;
  await app.engine.setPreference(KEPT, now as unknown as Json);
}
