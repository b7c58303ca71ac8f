/** The engine: what the screens may ask (`engine.ts`), answered from the sealed store of whoever has unlocked. */

import type { Json } from '../rules/json.ts';
import type {
  Asked,
  CaseSummary,
  Draft,
  Edit,
  Engine,
  EngineEvent,
  Found,
  HeldEntry,
  HistoryEntry,
  OutboxEntry,
  Person,
  Problem,
  Question,
  RecordView,
  SyncState,
} from './engine.ts';
import { Entrance } from './entrance.ts';
import type { World } from './opened.ts';
import { Profiles } from './profiles.ts';
import { save } from './saving.ts';

const nothing: SyncState = {
  phase: 'idle', problem: null, done: 0, total: 0, waiting: 0, fix: 0, lastSentAt: null, lastFetchedAt: null,
  clockSkewMs: null, complete: false,
}; // prettier-ignore

export class Device extends Entrance implements Engine {
  static async start(world: World): Promise<Device> {
    const profiles = await Profiles.on(world.now, () => void device.giveWay());
    const device = new Device(world, profiles);
    await device.begin();
    return device;
  }

  ask(...asked: Parameters<Engine['ask']>): Promise<Asked> {
    return this.here().ask(...asked);
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
    const { store, readings } = this.here();
    const [views] = await Promise.all([store.views(caseId), again ? null : readings.note(caseId)]);
    return views;
  }

  noteReading(caseId: string): Promise<void> {
    return this.here().readings.note(caseId);
  }

  record(caseId: string, recordId: string): Promise<RecordView | null> {
    return this.here().store.record(caseId, recordId);
  }

  /** [F3] Whose text is shown has been read. */
  async search(question: Question): Promise<Found> {
    const opened = this.here();
    const found = await opened.search(question);
    await Promise.all(found.cases.map((one) => opened.readings.note(one.case)));
    return found;
  }

  async save(edits: Edit[]): Promise<{ changes: string[] }> {
    const { store, pace } = this.here();
    const changes = await save(store, edits);
    void pace.saved();
    return { changes };
  }

  async undo(changes: string[]): Promise<void> {
    const { store, pace } = this.here();
    const { undo } = await import('./undo.ts');
    await undo(store, changes);
    void pace.nudge();
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

  // --- the outbox, history, sending ---

  async outbox(): Promise<OutboxEntry[]> {
    const opened = this.here();
    const { outboxEntries } = await import('./outbox_list.ts');
    return outboxEntries(opened.store, opened.isSending());
  }

  /** [R6] The mended entry has seen what the refused one had seen; that one goes, its text lives on in the new one. */
  async mend(change: string, edit: Edit): Promise<void> {
    const { store, pace } = this.here();
    await save(store, [edit], (batch) => {
      const refused = store.outbox.ofChange(change);
      if (refused?.state !== 'refused') return [];
      batch.delete('outbox', refused.n);
      return [refused.n];
    });
    void pace.nudge();
  }

  async handOver(change: string): Promise<void> {
    const { store, pace } = this.here();
    const { handOver } = await import('./hand_over.ts');
    await handOver(store, change);
    void pace.nudge();
  }

  async held(): Promise<HeldEntry[] | Problem | 'no_connection'> {
    const { heldEntries } = await import('../sync/held.ts');
    return heldEntries(this.here().link);
  }

  async decideHeld(
    change: string,
    decision: 'release' | 'reject',
  ): Promise<Problem | 'no_connection' | null> {
    const { pace, link } = this.here();
    const { decideHeld } = await import('../sync/held.ts');
    const refused = await decideHeld(link, change, decision);
    void pace.nudge();
    return refused;
  }

  async history(
    caseId: string,
    recordId: string,
    from: 'here' | 'server',
  ): Promise<{ entries: HistoryEntry[]; complete: boolean }> {
    const { store, link } = this.here();
    const { history } = await import('./history.ts');
    return history(store, link, caseId, recordId, from);
  }

  sync(): Promise<SyncState> {
    return Promise.resolve(this.opened?.state() ?? nothing);
  }

  async syncNow(): Promise<SyncState> {
    await this.opened?.pace.nudge();
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
    return all?.[name] ?? null;
  }

  async setPreference(name: string, value: Json): Promise<void> {
    const { store } = this.here();
    await store.mutate(async (batch) => {
      const all = await store.readState<Record<string, Json>>('preferences');
      batch.put('state', 'preferences', { ...all, [name]: value });
      return { durability: 'relaxed', cases: [], after: () => undefined };
    });
  }
}
