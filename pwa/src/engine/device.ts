/** The engine: what the screens may ask (`engine.ts`), answered from the sealed store of whoever has unlocked. */

import type { Json } from '../rules/json.ts';
import type {
  AskResult,
  AskFileResult,
  CaseSummary,
  Draft,
  Edit,
  Engine,
  EngineEvent,
  Person,
  RecordView,
  SyncStatus,
} from '../model/engine.ts';
import { countOf, INCIDENTS_WAITING } from '../model/incidents_waiting.ts';
import { keep } from '../store/own_state.ts';
import { own } from '../rules/own.ts';
import { SessionManager } from './session_manager.ts';
import type { Seldom } from './seldom.ts';
import type { EngineDeps, UnlockedSession } from './unlocked_session.ts';
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

  readonly record = this.#seldom('record');
  readonly search = this.#seldom('search');
  readonly visitsBetween = this.#seldom('visitsBetween');
  readonly undo = this.#seldom('undo');
  readonly attach = this.#seldom('attach');
  readonly attached = this.#seldom('attached');
  readonly uploads = this.#seldom('uploads');
  readonly byHand = this.#seldom('byHand');
  readonly outbox = this.#seldom('outbox');
  readonly fixRefused = this.#seldom('fixRefused');
  readonly escalate = this.#seldom('escalate');
  readonly reviewQueue = this.#seldom('reviewQueue');
  readonly decideReview = this.#seldom('decideReview');
  readonly history = this.#seldom('history');
  readonly changePassword = this.#seldom('changePassword');
  readonly addPasskey = this.#seldom('addPasskey');
  readonly dropPasskey = this.#seldom('dropPasskey');
  readonly setPin = this.#seldom('setPin');
  readonly dropPin = this.#seldom('dropPin');

  /** What is not needed before the first screen comes with the engine's second script. */
  #seldom<Name extends Seldom>(name: Name): Engine[Name] {
    const asked = async (...given: unknown[]): Promise<unknown> => {
      const opened = this.here();
      const { seldom } = await import('./seldom.ts');
      const answer = seldom[name] as (opened: UnlockedSession, ...given: unknown[]) => unknown;
      return answer(opened, ...given);
    };
    return asked as Engine[Name];
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

  async save(edits: Edit[]): Promise<{ changes: string[] }> {
    const { store, scheduler } = this.here();
    // [H7] Of a client who was entered twice a record's changes go into the file in which it lies.
    const isTwice = [...store.index.values()].some(({ summary }) => summary?.duplicateOf);
    const moved = isTwice && (await import('../store/one_person.ts')).inOwnFiles(store, edits);
    const changes = await save(store, (await moved) || edits);
    void scheduler.saved();
    return { changes };
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
