/**
 * Who comes in and who goes: sign-in, unlocking, locking, signing out, wiping. The store of one person is open at a time;
 * all of that person's tabs open and lock together.
 */

import type * as session from '../sync/session.ts';
import type { Link } from '../sync/messages.ts';
import { deleteSealed, SEAL_MAX_MS } from '../store/db.ts';
import type { EngineEvent, Profile, Session, SignIn, Unlock, Watch } from '../model/engine.ts';
import { UnlockedSession, type EngineDeps } from './unlocked_session.ts';
import { Profiles, type Refused, type UnlockResult } from '../store/profiles.ts';
import { Locked, Store } from '../store/store.ts';
import { askForKey, holdOpen, Tabs, type TabMessage } from '../store/tabs.ts';
import { Vault } from '../store/vault.ts';
import type { Bytes } from '../model/keys.ts';

/** What is owed to the server is tried again; what is asked while it is locked is asked no more often. */
const OWED_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 20_000;

/** A session that began, and the half of its key that is to be sealed. */
type Signed = session.Signed & { key: JsonWebKey };

export class SessionManager {
  /** whoever is in */
  protected opened: UnlockedSession | null = null;
  protected readonly listeners = new Set<(event: EngineEvent) => unknown>();
  readonly #deps: EngineDeps;
  readonly #profiles: Profiles;
  readonly #tabs = new Tabs();
  #release: () => void = () => undefined;
  #ending: Promise<void> = Promise.resolve();
  #settling: ReturnType<typeof setTimeout> | undefined;
  #lookedAt = 0;
  #stopped = false;
  /** the server took it, the store here has not opened yet: a code is taken once (J8), an old password tried often */
  #taken: { name: string; password: string; signed: Signed } | null = null;

  protected constructor(deps: EngineDeps, profiles: Profiles) {
    this.#deps = deps;
    this.#profiles = profiles;
    this.#tabs.listen((message) => void this.#hear(message));
  }

  /** As the device is at start: locked, or open because another tab of the same person is. */
  protected async begin(): Promise<void> {
    this.#settle();
    void this.#hearOfWipe();
    const key = await askForKey();
    // [R8] It keeps its own time from here on: the other tab may die.
    if (key)
      void (await this.#open(Vault.ofKey(key.profile, key.dataKey), true)).scheduler.requestSync();
  }

  protected here(): UnlockedSession {
    if (!this.opened) throw new Locked();
    return this.opened;
  }

  profiles(): Promise<Profile[]> {
    return this.#profiles.list();
  }

  /** [Y2] The store is locked meanwhile. */
  async sealAnswer(key: string, answer: string): Promise<string> {
    const { sealAnswer } = await import('../store/vault_answer.ts');
    return sealAnswer(key, answer);
  }

  async signIn(
    name: string,
    password: string,
    oldPassword?: string,
    once?: string,
    code?: string,
    ticket?: string,
  ): Promise<SignIn> {
    // [J4] Who has signed out is signed out before the next one comes in.
    await this.#ending;
    const row = await this.#profiles.ofSignInName(name);
    const taken = this.#taken;
    this.#taken = null;
    // [J21] The store that is here opens first, and no ticket waits for that.
    if (ticket && (row ? this.opened?.store.vault.profile !== row.id : !password))
      return { ok: false, reason: 'locked', ...(row && { profile: row.id }) };
    if (row && taken?.name === name && taken.password === password) {
      return this.#signInto(row.id, taken.signed, name, password, oldPassword);
    }
    const { signingIn } = await import('./signing_in.ts');
    const { answering, key, credential, own, isWipe, problemOf } = await signingIn(
      this.#profiles,
      this.#link(),
      name,
      password,
      row,
      once,
      code,
      ticket,
    );
    const answer = await answering;
    performance.mark('signed in');
    if (row && isWipe(answer)) await this.#wipe(row.id);
    if (!('ok' in answer)) return { ok: false, problem: problemOf(answer) };
    const signed = { ...answer.ok, key };
    if ('id' in own) {
      await this.#profiles.setCredential(own.id, credential);
      return this.#signInto(own.id, signed, name, password, oldPassword);
    }
    const { vault, profile } = await own;
    performance.mark('slot made');
    await this.#profiles.add(profile);
    return { ok: true, session: await this.#enter(vault, signed) };
  }

  /** [V8] The server took the password; the slot here may still be of the old one. */
  async #signInto(
    profile: string,
    signed: Signed,
    name: string,
    password: string,
    oldPassword: string | undefined,
  ): Promise<SignIn> {
    const open = this.opened;
    if (open?.store.vault.profile === profile && open.store.session.user === signed.user) {
      if (password) await this.#profiles.takeNewPassword(open.store.vault, password);
      await this.#profiles.setCookies(profile);
      await open.signed(signed, signed.key);
      void open.scheduler.requestSync();
      return { ok: true, session: open.store.session };
    }
    const tried = await this.#profiles.open(profile, oldPassword ?? password);
    if ('refused' in tried) {
      this.#taken = { name, password, signed };
      return this.#refusal(profile, tried, oldPassword === undefined);
    }
    if (oldPassword !== undefined) await this.#profiles.takeNewPassword(tried.vault, password);
    return { ok: true, session: await this.#enter(tried.vault, signed) };
  }

  async #refusal(
    profile: string,
    { refused, waitMs }: Refused,
    wasNew: boolean,
  ): Promise<Extract<SignIn, { reason: unknown }>> {
    const unsent = (await this.#profiles.get(profile))?.unsent ?? 0;
    const reason = refused === 'wrong' && wasNew ? 'needs_old_password' : refused;
    return { ok: false, reason, profile, unsent, ...(waitMs ? { waitMs } : {}) };
  }

  async #enter(vault: Vault, signed: Signed): Promise<Session> {
    const { user, organisation, production } = signed;
    const { profile } = vault;
    await this.#profiles.setCookies(profile);
    const who = { profile, user, organisation, production };
    const opened = await this.#open(vault, true, who);
    await opened.signed(signed, signed.key);
    void opened.scheduler.requestSync();
    return opened.store.session;
  }

  async unlock(profile: string, password: string): Promise<Unlock> {
    return this.#unlocked(profile, await this.#profiles.open(profile, password));
  }

  async unlockByPasskey(profile: string, answer: Bytes): Promise<Unlock> {
    const { openByPasskey } = await import('./passkey.ts');
    return this.#unlocked(profile, await openByPasskey(this.#profiles, profile, answer));
  }

  async unlockByPin(profile: string, pin: string): Promise<Unlock> {
    const { dropUnlessAllowed, openByPin } = await import('./pin.ts');
    const tried = await openByPin(this.#profiles, this.#deps, profile, pin);
    const unlocked = await this.#unlocked(profile, tried);
    if (unlocked.ok) void dropUnlessAllowed(this.here());
    else void this.#hearOfWipe();
    return unlocked;
  }

  setWatch(watch: Watch | null): Promise<void> {
    return this.#profiles.setWatch(this.here().store.vault.profile, watch);
  }

  /** [K8] A check-in that was ended elsewhere is not on here either. True where that was so of anybody's. */
  async dropWatchThatIsOver(): Promise<boolean> {
    const { dropWatches } = await import('./owed.ts');
    return dropWatches(this.#profiles, this.#deps.fetch, () => this.opened?.store.vault.profile);
  }

  async #unlocked(profile: string, tried: UnlockResult): Promise<Unlock> {
    if ('refused' in tried) {
      const { refused, ...more } = tried;
      const unsent = (await this.#profiles.get(profile))?.unsent ?? 0;
      return { ok: false, reason: refused, profile, unsent, ...more };
    }
    performance.mark('key');
    const opened = await this.#open(tried.vault, false);
    void opened.scheduler.requestSync();
    return { ok: true, session: opened.store.session };
  }

  /** `hasAccess`: the cookies hold an access token that no lock has given up. */
  async #open(vault: Vault, hasAccess: boolean, who?: Session): Promise<UnlockedSession> {
    this.#shut();
    const committed = (cases: string[]) => {
      this.opened?.committed(cases);
      this.#tabs.post({ type: 'wrote', profile: vault.profile, cases });
    };
    const store = await Store.open(vault, this.#deps.now, committed, who).catch(
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'VersionError') void this.giveWay();
        throw error;
      },
    );
    const row = await this.#profiles.get(vault.profile);
    const csrf = (await store.readState<string>('csrf')) ?? '';
    const emit = (event: EngineEvent) => {
      if (event.event === 'wiped') void this.#wipe(vault.profile);
      else this.#emit(event);
    };
    const device = row?.device ?? '';
    const opened = new UnlockedSession(
      store,
      device,
      csrf,
      hasAccess,
      this.#profiles,
      this.#deps,
      emit,
    );
    this.opened = opened;
    store.db.addEventListener('versionchange', ({ newVersion }) => {
      if (this.opened !== opened) return;
      if (newVersion === null) this.#lockHere();
      else void this.giveWay();
    });
    this.#release = holdOpen();
    this.#emit({ event: 'session', session: store.session });
    opened.committed([]);
    opened.tend();
    return opened;
  }

  async discard(profile: string): Promise<void> {
    const isOpen = this.opened?.store.vault.profile === profile;
    if (isOpen) this.#shut();
    await deleteSealed(profile);
    await this.#profiles.remove(profile);
    // Whoever hears it asks who is left here.
    if (isOpen) this.#emit({ event: 'locked' });
  }

  lock(): Promise<void> {
    const profile = this.opened?.store.vault.profile;
    void this.opened?.giveUpAccess();
    this.#lockHere();
    if (profile) this.#tabs.post({ type: 'lock', profile });
    return Promise.resolve();
  }

  /** A newer release wants what this tab holds open: the page seals what is being typed, then the store is let go. */
  protected async giveWay(): Promise<void> {
    const told = [...this.listeners].map(async (listener) => {
      await listener({ event: 'outdated' });
    });
    const waited = new Promise((later) => setTimeout(later, SEAL_MAX_MS));
    await Promise.race([Promise.allSettled(told), waited]);
    this.#lockHere();
  }

  #lockHere(): void {
    if (!this.opened) return;
    this.#shut();
    this.#emit({ event: 'locked' });
  }

  #shut(): void {
    this.#release();
    this.opened?.close();
    this.opened = null;
  }

  async signOut(discardUnsent: boolean): Promise<{ ok: boolean; unsent: number }> {
    const { store } = this.here();
    const unsent = store.unsent();
    if (unsent > 0 && !discardUnsent) return { ok: false, unsent };
    const { profile } = store.vault;
    // [J4] Signed while the key is here; the server hears it when there is a network.
    const { oweEnd } = await import('./owed.ts');
    await oweEnd(this.#profiles, store);
    if ((await this.#profiles.cookies()) === profile) await this.#profiles.dropCookies();
    this.#tabs.post({ type: 'lock', profile });
    await this.discard(profile);
    this.#settle();
    return { ok: true, unsent };
  }

  /** What the server was to be told without a network, it is told as soon as there is one; each thing once. */
  #settle(): void {
    this.#ending = this.#ending.then(() => this.#settleOnce());
  }

  async #settleOnce(): Promise<void> {
    clearTimeout(this.#settling);
    if (this.#stopped) return;
    const { settle } = await import('./owed.ts');
    if (await settle(this.#profiles, this.#deps.fetch)) return;
    this.#settling = setTimeout(() => {
      this.#settle();
    }, OWED_EVERY_MS);
  }

  /** The network may be back, or somebody takes the device out of a pocket: what is asked while it is locked. */
  protected whileLocked(): void {
    const now = this.#deps.now();
    if (Math.abs(now - this.#lookedAt) < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    this.#settle();
    void this.#hearOfWipe();
  }

  async #hearOfWipe(): Promise<void> {
    const { toBeWiped } = await import('./owed.ts');
    const found = await toBeWiped(this.#profiles, this.#deps.fetch);
    if (!this.#stopped) for (const profile of found) await this.#wipe(profile);
  }

  async #wipe(profile: string): Promise<void> {
    const isOpen = this.opened?.store.vault.profile === profile;
    if (isOpen) this.#shut();
    this.#tabs.post({ type: 'lock', profile });
    const { wipe } = await import('./owed.ts');
    await wipe(this.#profiles, profile);
    this.#settle();
    this.#emit({ event: 'wiped' });
    this.#emit({ event: 'locked' });
  }

  async checkPassword(password: string): Promise<number | null> {
    const tried = await this.#profiles.open(this.here().store.vault.profile, password);
    return 'refused' in tried ? (tried.waitMs ?? 0) : null;
  }

  /** As when the tab is closed: nothing is told, nothing runs on. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#shut();
    clearTimeout(this.#settling);
    this.#tabs.close();
    return Promise.resolve();
  }

  #link(): Link {
    return this.opened?.link ?? { fetch: this.#deps.fetch, csrf: () => '' };
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  async #hear(message: TabMessage): Promise<void> {
    const open = this.opened;
    if (!open) return;
    const { profile } = open.store.vault;
    if (message.type === 'who?') {
      this.#tabs.post({ type: 'open', profile, dataKey: open.store.vault.dataKey() });
    } else if (message.profile === profile && message.type === 'lock') {
      this.#lockHere();
    } else if (message.profile === profile && message.type === 'wrote') {
      await open.store.refresh();
      open.committed(message.cases);
    }
  }
}
