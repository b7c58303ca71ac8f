/** The engine: what the screens may ask (`engine.ts`), answered from the sealed store of whoever has unlocked. */

import type { Json } from '../rules/json.ts';
import type {
  AskResult,
  AskFileResult,
  Attached,
  CaseSummary,
  Draft,
  Edit,
  Engine,
  EngineEvent,
  Found,
  ReviewPage,
  HistoryEntry,
  OutboxEntry,
  Person,
  Problem,
  Question,
  RecordView,
  SyncStatus,
  Upload,
  VisitSummary,
} from '../model/engine.ts';
import { countOf, INCIDENTS_WAITING } from '../model/incidents_waiting.ts';
import { keep } from '../store/own_state.ts';
import { own } from '../rules/own.ts';
import { SessionManager } from './session_manager.ts';
import type { EngineDeps } from './unlocked_session.ts';
import { Profiles } from '../store/profiles.ts';
import { save } from '../store/saving.ts';

const nothing: SyncStatus = {
  phase: 'idle', problem: null, done: 0, total: 0, waiting: 0, fix: 0, lastSentAt: null, lastFetchedAt: null,
  clockSkewMs: null, complete: false,
}; // prettier-ignore

export class Device extends SessionManager implements Engine {
  static async start(deps: EngineDeps): Promise<Device> {
    const profiles = await Profiles.on(deps.now, () => void device.giveWay());
    const device = new Device(deps, profiles);
    await device.begin();
    return device;
  }

  ask(...asked: Parameters<Engine['ask']>): Promise<AskResult> {
    return this.here().ask(...asked);
  }

  askFile(path: string): Promise<AskFileResult> {
    return this.here().askFile(path);
  }

  // --- records ---

  people(): Promise<Person[]> {
    const { store } = this.here();
    return Promise.resolve(store.index.get(store.session.organisation)?.people ?? []);
  }

  summaries(cases?: string[]): Promise<CaseSummary[]> {
    const { index } = this.here().store;
    const all = [...(cases ?? index.keys())].map((caseId) => index.get(caseId)?.summary ?? null);
    return Promise.resolve(all.filter((summary) => summary !== null));
  }

  async openCase(caseId: string, again = false): Promise<RecordView[]> {
    const opened = this.here();
    const { store } = opened;
    const [views] = await Promise.all([
      store.views(caseId),
      again ? null : opened.logAccess(caseId),
    ]);
    return views;
  }

  logAccess(caseId: string): Promise<void> {
    return this.here().logAccess(caseId);
  }

  record(caseId: string, recordId: string): Promise<RecordView | null> {
    return this.here().store.record(caseId, recordId);
  }

  /** [F3] Whose text is shown has been read. */
  async search(question: Question): Promise<Found> {
    const opened = this.here();
    const found = await opened.search(question);
    await Promise.all(found.cases.map((one) => opened.logAccess(one.case)));
    return found;
  }

  visitsBetween(from: string, until: string): Promise<VisitSummary[]> {
    return this.here().visitsBetween(from, until);
  }

  async save(edits: Edit[]): Promise<{ changes: string[] }> {
    const { store, scheduler } = this.here();
    const changes = await save(store, edits);
    void scheduler.saved();
    return { changes };
  }

  async undo(changes: string[]): Promise<void> {
    const { store, scheduler } = this.here();
    const { undo } = await import('../store/undo.ts');
    await undo(store, changes);
    void scheduler.requestSync();
  }

  async attach(...given: Parameters<Engine['attach']>): Promise<void> {
    const opened = this.here();
    const { attach } = await import('../store/attachments.ts');
    await attach(opened.store, ...given);
    opened.committed([]);
    void opened.scheduler.saved();
  }

  async attached(...asked: Parameters<Engine['attached']>): Promise<Attached> {
    const opened = this.here();
    const { attached } = await import('../sync/fetch_attached.ts');
    return attached(opened.store, (ask) => opened.through(ask), ...asked);
  }

  async uploads(): Promise<Upload[]> {
    const { store } = this.here();
    const { uploadsOf } = await import('../store/attachments.ts');
    return uploadsOf(store);
  }

  drafts(): Promise<Draft[]> {
    return this.here().drafts.all();
  }

  saveDraft(draft: Draft): Promise<void> {
    return this.here().drafts.save(draft);
  }

  dropDraft(id: string): Promise<void> {
    return this.here().drafts.drop(id);
  }

  async byHand(sealed?: string): Promise<string> {
    const { store } = this.here();
    return (await import('../store/hand_key.ts')).byHand(store, sealed);
  }

  // --- the outbox, history, sending ---

  async outbox(): Promise<OutboxEntry[]> {
    const opened = this.here();
    const { outboxEntries } = await import('../store/outbox_list.ts');
    return outboxEntries(opened.store, opened.isSending());
  }

  async fixRefused(change: string, edit: Edit): Promise<void> {
    const { store, scheduler } = this.here();
    const { fixRefused } = await import('../store/refused.ts');
    await fixRefused(store, change, edit);
    void scheduler.requestSync();
  }

  async escalate(change: string): Promise<void> {
    const { store, scheduler } = this.here();
    const { escalate } = await import('../store/refused.ts');
    await escalate(store, change);
    void scheduler.requestSync();
  }

  async reviewQueue(after: string): Promise<ReviewPage | Problem | 'no_connection'> {
    const { reviewPage } = await import('../sync/review_queue.ts');
    return reviewPage(this.here().link, after);
  }

  async decideReview(
    change: string,
    decision: 'release' | 'reject',
  ): Promise<Problem | 'no_connection' | null> {
    const { scheduler, link } = this.here();
    const { decideReview } = await import('../sync/review_queue.ts');
    const refused = await decideReview(link, change, decision);
    void scheduler.requestSync();
    return refused;
  }

  async history(
    caseId: string,
    recordId: string,
    from: 'here' | 'server',
  ): Promise<{ entries: HistoryEntry[]; complete: boolean }> {
    const { store, link } = this.here();
    const { history } = await import('../sync/record_history.ts');
    return history(store, link, caseId, recordId, from);
  }

  sync(): Promise<SyncStatus> {
    return Promise.resolve(this.opened?.state() ?? nothing);
  }

  async syncNow(): Promise<SyncStatus> {
    if (this.opened) await this.opened.scheduler.requestSync();
    else this.whileLocked();
    return this.sync();
  }

  subscribe(listener: (event: EngineEvent) => unknown): Promise<void> {
    this.listeners.add(listener);
    if (this.opened) {
      listener({ event: 'session', session: this.opened.store.session });
      listener({ event: 'sync', state: this.opened.state() });
    }
    return Promise.resolve();
  }

  async preference(name: string): Promise<Json> {
    const all = await this.here().store.readState<Record<string, Json>>('preferences');
    return own(all, name) ?? null;
  }

  async setPreference(name: string, value: Json): Promise<void> {
    const { store } = this.here();
    const isRecord = name === INCIDENTS_WAITING;
    await keep(store, name, value, isRecord ? 'strict' : 'relaxed');
    if (!isRecord) return;
    // It counts among what is unsent: the other tabs hear of it.
    const after = () => (store.incidentsWaiting = countOf(value));
    await store.mutate(() => ({ durability: 'relaxed', cases: [], after }));
  }
}
