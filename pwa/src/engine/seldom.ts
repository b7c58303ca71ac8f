/** What the screens ask now and then, answered from the store of whoever has unlocked: fetched beside the first screen. */

import type { Engine } from '../model/engine.ts';
import { attach, uploadsOf } from '../store/attachments.ts';
import { byHand } from '../store/hand_key.ts';
import { inOwnFile, inOwnFiles } from '../store/one_person.ts';
import { outboxEntries } from '../store/outbox_list.ts';
import { escalate, fixRefused } from '../store/refused.ts';
import { undo } from '../store/undo.ts';
import { attached } from '../sync/fetch_attached.ts';
import { history } from '../sync/record_history.ts';
import { decideReview, reviewPage } from '../sync/review_queue.ts';
import { addPasskey, dropPasskey } from './passkey.ts';
import { replacePassword } from './password.ts';
import { dropPin, setPin } from './pin.ts';
import type { UnlockedSession } from './unlocked_session.ts';

type Asked<Name extends keyof Engine> = (
  opened: UnlockedSession,
  ...given: Parameters<Engine[Name]>
) => ReturnType<Engine[Name]>;

export const seldom = {
  async record({ store }, caseId, recordId) {
    return store.record(await inOwnFile(store, caseId, recordId), recordId);
  },

  /** [F3] Whose text is shown has been read. */
  async search(opened, question) {
    const found = await opened.search(question);
    const files = found.cases.flatMap((one) => [one.case, ...(one.also ?? [])]);
    await Promise.all(files.map((file) => opened.logAccess(file)));
    return found;
  },

  visitsBetween: (opened, from, until) => opened.visitsBetween(from, until),

  async undo({ store, scheduler }, changes) {
    await undo(store, changes);
    void scheduler.requestSync();
  },

  async attach(opened, ...given) {
    await attach(opened.store, ...given);
    opened.committed([]);
    void opened.scheduler.saved();
  },

  async attached(opened, caseId, record, size) {
    const file = await inOwnFile(opened.store, caseId, record);
    return attached(opened.store, (ask) => opened.through(ask), file, record, size);
  },

  uploads: ({ store }) => uploadsOf(store),

  byHand: ({ store }, sealed) => byHand(store, sealed),

  outbox: (opened) => outboxEntries(opened.store, opened.isSending()),

  async fixRefused({ store, scheduler }, change, edit) {
    const [placed = edit] = await inOwnFiles(store, [edit]);
    await fixRefused(store, change, placed);
    void scheduler.requestSync();
  },

  async escalate({ store, scheduler }, change) {
    await escalate(store, change);
    void scheduler.requestSync();
  },

  reviewQueue: ({ link }, after) => reviewPage(link, after),

  async decideReview({ scheduler, link }, change, decision) {
    const refused = await decideReview(link, change, decision);
    void scheduler.requestSync();
    return refused;
  },

  changePassword: replacePassword,
  addPasskey,
  dropPasskey,
  setPin,
  dropPin,

  async history({ store, link }, caseId, recordId, from) {
    return history(store, link, await inOwnFile(store, caseId, recordId), recordId, from);
  },
} satisfies { [Name in keyof Engine]?: Asked<Name> };

export type Seldom = keyof typeof seldom;
