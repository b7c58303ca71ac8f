/** The engine: what the screens may ask (`engine.ts`), answered from the sealed store of whoever has unlocked. */

import type { Json } from '../rules/json.ts';
import * as session from '../sync/session.ts';
import type { Link } from '../sync/wire.ts';
import { deleteSealed, SEAL_MAX_MS } from './db.ts';
import type {
  CaseSummary,
  DeviceInfo,
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
  Profile,
  Question,
  RecordView,
  Session,
  SignIn,
  SyncState,
  Unlock,
} from './engine.ts';
import { Opened, type World } from './opened.ts';
import { outboxEntries } from './outbox_list.ts';
import { Profiles, type Opened as Tried } from './profiles.ts';
import { Locked, Store } from './store.ts';
import { askForKey, holdOpen, Tabs, type Word } from './tabs.ts';
import { undo } from './undo.ts';
import { Vault, type Bytes, type Passkey } from './vault.ts';

/** Looking at the same case file again within this time is one reading (L3). */
const ONE_READING_MS = 15 * 60_000;

const nothing: SyncState = {
  phase: 'idle', problem: null, done: 0, total: 0, waiting: 0, fix: 0, lastSentAt: null, lastFetchedAt: null,
  clockSkewMs: null, complete: false,
}; // prettier-ignore

export class Device implements Engine {
  readonly #world: World;
  readonly #profiles: Profiles;
  readonly #tabs = new Tabs();
  readonly #listeners = new Set<(event: EngineEvent) => unknown>();
  readonly #readings = new Map<string, number>();
  #opened: Opened | null = null;
  #release: () => void = () => undefined;
  #ending: Promise<void> = Promise.resolve();

  private constructor(world: World, profiles: Profiles) {
    this.#world = world;
    this.#profiles = profiles;
    this.#tabs.listen((word) => void this.#hear(word));
  }

  /** The device as it is at start: locked, or open because another tab of the same person is. */
  static async start(world: World): Promise<Device> {
    const profiles = await Profiles.on(world.now, () => void device.#giveWay());
    const device = new Device(world, profiles);
    device.#ending = device.#endSession();
    void device.#hearOfWipe();
    const key = await askForKey();
    // [R8] It keeps its own time from here on: the other tab may die.
    if (key) void (await device.#open(Vault.ofKey(key.profile, key.dataKey))).pace.nudge();
    return device;
  }

  // --- who ---

  profiles(): Promise<Profile[]> {
    return this.#profiles.list();
  }

  async signIn(name: string, password: string, oldPassword?: string): Promise<SignIn> {
    // The end of the last session takes its cookies along: it must not come after those of a new one.
    await this.#ending;
    const row = await this.#profiles.ofSignInName(name);
    const id = row?.device ?? crypto.randomUUID();
    const answering = session.signIn(this.#link(), name, password, { id, name: deviceName() });
    // Both sides' Argon2 takes its time: this device's runs while the server's does.
    const own = row ?? this.#profiles.founded(name, password, id);
    const answer = await answering;
    performance.mark('signed in');
    if (row && session.isWipe(answer)) await this.#wipe(row.id);
    if (!('ok' in answer)) return { ok: false, problem: session.problemOf(answer) };
    const signed = answer.ok;
    if ('id' in own) return this.#signInto(own.id, signed, password, oldPassword);
    const { vault, profile } = await own;
    performance.mark('slot made');
    await this.#profiles.add(profile);
    return { ok: true, session: await this.#enter(vault, signed) };
  }

  /** [V8] The server took the password; the slot here may still be of the old one. */
  async #signInto(
    profile: string,
    signed: session.Signed,
    password: string,
    oldPassword: string | undefined,
  ): Promise<SignIn> {
    const open = this.#opened;
    if (open?.store.vault.profile === profile && open.store.session.user === signed.user) {
      await this.#profiles.takeNewPassword(open.store.vault, password);
      await this.#profiles.setCookies(profile);
      await open.signed(signed);
      void open.pace.nudge();
      return { ok: true, session: open.store.session };
    }
    const tried = await this.#profiles.open(profile, oldPassword ?? password);
    if ('refused' in tried) return this.#refusal(profile, tried, oldPassword === undefined);
    if (oldPassword !== undefined) await this.#profiles.takeNewPassword(tried.vault, password);
    return { ok: true, session: await this.#enter(tried.vault, signed) };
  }

  async #refusal(
    profile: string,
    { refused, waitMs }: { refused: 'wrong' | 'wait' | 'damaged'; waitMs?: number },
    wasNew: boolean,
  ): Promise<Extract<SignIn, { reason: unknown }>> {
    const unsent = (await this.#profiles.get(profile))?.unsent ?? 0;
    const reason = refused === 'wrong' && wasNew ? 'needs_old_password' : refused;
    return { ok: false, reason, profile, unsent, ...(waitMs ? { waitMs } : {}) };
  }

  async #enter(vault: Vault, signed: session.Signed): Promise<Session> {
    const { user, organisation, production } = signed;
    const { profile } = vault;
    await this.#profiles.setCookies(profile);
    const opened = await this.#open(vault, { profile, user, organisation, production });
    await opened.signed(signed);
    void opened.pace.nudge();
    return opened.store.session;
  }

  async unlock(profile: string, password: string): Promise<Unlock> {
    return this.#unlocked(profile, await this.#profiles.open(profile, password));
  }

  async unlockByPasskey(profile: string, answer: Bytes): Promise<Unlock> {
    return this.#unlocked(profile, await this.#profiles.openByPasskey(profile, answer));
  }

  addPasskey(passkey: Passkey, answer: Bytes): Promise<void> {
    return this.#profiles.addPasskey(this.#here().store.vault, passkey, answer);
  }

  dropPasskey(): Promise<void> {
    return this.#profiles.dropPasskey(this.#here().store.vault.profile);
  }

  async #unlocked(profile: string, tried: Tried): Promise<Unlock> {
    if ('refused' in tried) {
      const { refused, waitMs } = tried;
      const unsent = (await this.#profiles.get(profile))?.unsent ?? 0;
      return { ok: false, reason: refused, profile, unsent, ...(waitMs ? { waitMs } : {}) };
    }
    performance.mark('key');
    const opened = await this.#open(tried.vault);
    void opened.pace.nudge();
    return { ok: true, session: opened.store.session };
  }

  async #open(vault: Vault, who?: Session): Promise<Opened> {
    this.#shut();
    const committed = (cases: string[]) => {
      this.#opened?.committed(cases);
      this.#tabs.say({ word: 'wrote', profile: vault.profile, cases });
    };
    const store = await Store.open(vault, this.#world.now, committed, who).catch(
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'VersionError') void this.#giveWay();
        throw error;
      },
    );
    const row = await this.#profiles.get(vault.profile);
    const csrf = (await store.readState<string>('csrf')) ?? '';
    const emit = (event: EngineEvent) => {
      if (event.event === 'wiped') void this.#wipe(vault.profile);
      else this.#emit(event);
    };
    const opened = new Opened(store, row?.device ?? '', csrf, this.#profiles, this.#world, emit);
    this.#opened = opened;
    store.db.addEventListener('versionchange', ({ newVersion }) => {
      if (this.#opened !== opened) return;
      if (newVersion === null) this.#lockHere();
      else void this.#giveWay();
    });
    this.#release = holdOpen();
    this.#emit({ event: 'session', session: store.session });
    opened.committed([]);
    opened.tend();
    return opened;
  }

  async discard(profile: string): Promise<void> {
    const isOpen = this.#opened?.store.vault.profile === profile;
    if (isOpen) this.#shut();
    await deleteSealed(profile);
    await this.#profiles.remove(profile);
    // Whoever hears it asks who is left here.
    if (isOpen) this.#emit({ event: 'locked' });
  }

  lock(): Promise<void> {
    const profile = this.#opened?.store.vault.profile;
    this.#lockHere();
    if (profile) this.#tabs.say({ word: 'lock', profile });
    return Promise.resolve();
  }

  /** A newer release wants what this tab holds open: the page seals what is being typed, then the store is let go. */
  async #giveWay(): Promise<void> {
    const told = [...this.#listeners].map(async (listener) => {
      await listener({ event: 'outdated' });
    });
    const waited = new Promise((later) => setTimeout(later, SEAL_MAX_MS));
    await Promise.race([Promise.allSettled(told), waited]);
    this.#lockHere();
  }

  #lockHere(): void {
    if (!this.#opened) return;
    this.#shut();
    this.#emit({ event: 'locked' });
  }

  #shut(): void {
    this.#release();
    this.#opened?.close();
    this.#opened = null;
    this.#readings.clear();
  }

  async signOut(discardUnsent: boolean): Promise<{ ok: boolean; unsent: number }> {
    const { store, link } = this.#here();
    const unsent = store.unsent();
    if (unsent > 0 && !discardUnsent) return { ok: false, unsent };
    const { profile } = store.vault;
    if ((await this.#profiles.cookies()) === profile) {
      const isEnded = await session.signOut(link);
      await this.#profiles.dropCookies(isEnded ? null : link.csrf());
    }
    this.#tabs.say({ word: 'lock', profile });
    await this.discard(profile);
    return { ok: true, unsent };
  }

  /** Who signed out without a network is signed out of the server as soon as there is one. */
  async #endSession(): Promise<void> {
    const csrf = await this.#profiles.csrfToEnd();
    if (csrf === null) return;
    const isEnded = await session.signOut({ fetch: this.#world.fetch, csrf: () => csrf });
    if (isEnded && (await this.#profiles.csrfToEnd()) === csrf)
      await this.#profiles.dropCookies(null);
  }

  /** [V10] A stolen phone may never be unlocked: the session that its browser still has is asked at each start. */
  async #hearOfWipe(): Promise<void> {
    const profile = await this.#profiles.cookies();
    if (profile !== null && (await session.isToBeWiped(this.#link()))) await this.#wipe(profile);
  }

  async #wipe(profile: string): Promise<void> {
    const isOpen = this.#opened?.store.vault.profile === profile;
    if (isOpen) this.#shut();
    this.#tabs.say({ word: 'lock', profile });
    const { wipe } = await import('./wipe.ts');
    await wipe(this.#profiles, this.#link(), profile);
    this.#emit({ event: 'locked' });
  }

  async changePassword(
    current: string,
    next: string,
  ): Promise<{ ok: true } | { ok: false; problem: Problem | 'no_connection' }> {
    const { link, store } = this.#here();
    const answer = await session.changePassword(link, current, next);
    if (!('ok' in answer)) return { ok: false, problem: session.problemOf(answer) };
    await this.#profiles.rewrap(store.vault, next);
    return { ok: true };
  }

  async devices(): Promise<DeviceInfo[] | 'no_connection'> {
    const answer = await session.devices(this.#here().link);
    return 'ok' in answer ? answer.ok.devices.map(session.deviceInfo) : 'no_connection';
  }

  async revokeDevice(id: string): Promise<boolean> {
    return 'ok' in (await session.revokeDevice(this.#here().link, id));
  }

  // --- records ---

  people(): Promise<Person[]> {
    const { store } = this.#here();
    return Promise.resolve(store.index.get(store.session.organisation)?.people ?? []);
  }

  summaries(cases?: string[]): Promise<CaseSummary[]> {
    const { index } = this.#here().store;
    const all = [...(cases ?? index.keys())].map((caseId) => index.get(caseId)?.summary ?? null);
    return Promise.resolve(all.filter((summary) => summary !== null));
  }

  async openCase(caseId: string, again = false): Promise<RecordView[]> {
    const { store } = this.#here();
    const views = await store.views(caseId);
    if (!again) await this.#noteReading(store, caseId);
    return views;
  }

  /** [L3] Sealed like all else, and sent with the next exchange. */
  async #noteReading(store: Store, caseId: string): Promise<void> {
    const now = this.#world.now();
    const last = this.#readings.get(caseId);
    if (last !== undefined && now - last < ONE_READING_MS) return;
    this.#readings.set(caseId, now);
    const reading = { id: crypto.randomUUID(), case: caseId, at: store.stamp() };
    const sealed = await store.vault.seal('reads', reading.id, reading);
    try {
      await store.db.put('reads', sealed, reading.id);
    } catch (error) {
      // Where there is no room left the file must still open; its next opening is noted then.
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      this.#readings.delete(caseId);
    }
  }

  record(caseId: string, recordId: string): Promise<RecordView | null> {
    return this.#here().store.record(caseId, recordId);
  }

  /** [F3] Whose text is shown has been read. */
  async search(question: Question): Promise<Found> {
    const opened = this.#here();
    const found = await opened.search(question);
    await Promise.all(found.cases.map((one) => this.#noteReading(opened.store, one.case)));
    return found;
  }

  async save(edits: Edit[]): Promise<{ changes: string[] }> {
    const { store, pace } = this.#here();
    const changes = await store.save(edits);
    void pace.saved();
    return { changes };
  }

  async undo(changes: string[]): Promise<void> {
    const { store, pace } = this.#here();
    await undo(store, changes);
    void pace.nudge();
  }

  drafts(): Promise<Draft[]> {
    return this.#here().drafts.all();
  }

  saveDraft(draft: Draft): Promise<void> {
    return this.#here().drafts.save(draft);
  }

  dropDraft(id: string): Promise<void> {
    return this.#here().drafts.drop(id);
  }

  // --- the outbox, history, sending ---

  outbox(): Promise<OutboxEntry[]> {
    return outboxEntries(this.#here().store);
  }

  /** [R6] The mended entry has seen what the refused one had seen; that one goes, its text lives on in the new one. */
  async mend(change: string, edit: Edit): Promise<void> {
    const { store, pace } = this.#here();
    await store.save([edit], (batch) => {
      const refused = store.outbox.ofChange(change);
      if (refused?.state !== 'refused') return [];
      batch.delete('outbox', refused.n);
      return [refused.n];
    });
    void pace.nudge();
  }

  async handOver(change: string): Promise<void> {
    const { store, pace } = this.#here();
    const { handOver } = await import('./hand_over.ts');
    await handOver(store, change);
    void pace.nudge();
  }

  async held(): Promise<HeldEntry[] | Problem | 'no_connection'> {
    const { heldEntries } = await import('../sync/held.ts');
    return heldEntries(this.#here().link);
  }

  async decideHeld(
    change: string,
    decision: 'release' | 'reject',
  ): Promise<Problem | 'no_connection' | null> {
    const { pace, link } = this.#here();
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
    const { store, link } = this.#here();
    const { history } = await import('./history.ts');
    return history(store, link, caseId, recordId, from);
  }

  sync(): Promise<SyncState> {
    return Promise.resolve(this.#opened?.state() ?? nothing);
  }

  async syncNow(): Promise<SyncState> {
    await this.#opened?.pace.nudge();
    return this.sync();
  }

  subscribe(listener: (event: EngineEvent) => unknown): Promise<void> {
    this.#listeners.add(listener);
    if (this.#opened) {
      listener({ event: 'session', session: this.#opened.store.session });
      listener({ event: 'sync', state: this.#opened.state() });
    }
    return Promise.resolve();
  }

  async preference(name: string): Promise<Json> {
    const all = await this.#here().store.readState<Record<string, Json>>('preferences');
    return all?.[name] ?? null;
  }

  async setPreference(name: string, value: Json): Promise<void> {
    const { store } = this.#here();
    await store.mutate(async (batch) => {
      const all = await store.readState<Record<string, Json>>('preferences');
      batch.put('state', 'preferences', { ...all, [name]: value });
      return { durability: 'relaxed', cases: [], after: () => undefined };
    });
  }

  /** As when the tab is closed: nothing is told, nothing runs on. */
  stop(): Promise<void> {
    this.#shut();
    this.#tabs.close();
    return Promise.resolve();
  }

  // --- inside ---

  #here(): Opened {
    if (!this.#opened) throw new Locked();
    return this.#opened;
  }

  #link(): Link {
    return this.#opened?.link ?? { fetch: this.#world.fetch, csrf: () => '' };
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #hear(word: Word): Promise<void> {
    const open = this.#opened;
    if (!open) return;
    const { profile } = open.store.vault;
    if (word.word === 'who?') {
      this.#tabs.say({ word: 'open', profile, dataKey: open.store.vault.dataKey() });
    } else if (word.profile === profile && word.word === 'lock') {
      this.#lockHere();
    } else if (word.profile === profile && word.word === 'wrote') {
      await open.store.refresh();
      open.committed(word.cases);
    }
  }
}

/** How the device is called in the list of one's devices: what kind of browser on what, nothing that tells whose. */
function deviceName(): string {
  const { userAgent } = navigator;
  const system = /Android|iPhone|iPad|Windows|Macintosh|Linux/.exec(userAgent)?.[0] ?? '';
  const browser = /Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0] ?? '';
  return (
    [browser === 'Edg' ? 'Edge' : browser, system].filter((part) => part !== '').join(' · ') ||
    'Selain'
  );
}
