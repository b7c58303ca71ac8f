/**
 * Who comes in and who goes: sign-in, unlocking, locking, signing out, wiping. The store of one person is open at a time;
 * all of that person's tabs open and lock together.
 */

import * as session from '../sync/session.ts';
import type { Link } from '../sync/wire.ts';
import { deleteSealed, SEAL_MAX_MS } from './db.ts';
import type { EngineEvent, Problem, Profile, Session, SignIn, Unlock, Watch } from './engine.ts';
import { Opened, type World } from './opened.ts';
import { Profiles, type Opened as Tried } from './profiles.ts';
import { Locked, Store } from './store.ts';
import { askForKey, holdOpen, Tabs, type Word } from './tabs.ts';
import { Vault, type Bytes, type Passkey } from './vault.ts';

export class Entrance {
  /** whoever is in */
  protected opened: Opened | null = null;
  protected readonly listeners = new Set<(event: EngineEvent) => unknown>();
  readonly #world: World;
  readonly #profiles: Profiles;
  readonly #tabs = new Tabs();
  #release: () => void = () => undefined;
  #ending: Promise<void> = Promise.resolve();

  protected constructor(world: World, profiles: Profiles) {
    this.#world = world;
    this.#profiles = profiles;
    this.#tabs.listen((word) => void this.#hear(word));
  }

  /** As the device is at start: locked, or open because another tab of the same person is. */
  protected async begin(): Promise<void> {
    this.#ending = this.#endSession();
    void this.#hearOfWipe();
    const key = await askForKey();
    // [R8] It keeps its own time from here on: the other tab may die.
    if (key) void (await this.#open(Vault.ofKey(key.profile, key.dataKey))).pace.nudge();
  }

  protected here(): Opened {
    if (!this.opened) throw new Locked();
    return this.opened;
  }

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
    const open = this.opened;
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
    return this.#profiles.addPasskey(this.here().store.vault, passkey, answer);
  }

  dropPasskey(): Promise<void> {
    return this.#profiles.dropPasskey(this.here().store.vault.profile);
  }

  setWatch(watch: Watch | null): Promise<void> {
    return this.#profiles.setWatch(this.here().store.vault.profile, watch);
  }

  /**
   * [K8] A check-in that was ended elsewhere is not on here either: the session that this browser still has asks, also
   * while the store is locked. True where that was so.
   */
  async dropWatchThatIsOver(): Promise<boolean> {
    const profile = await this.#profiles.cookies();
    const watch = profile && (await this.#profiles.get(profile))?.watch;
    if (!profile || !watch) return false;
    const { isOver } = await import('../sync/own_check_in.ts');
    // Who has come in meanwhile has asked already.
    if (!(await isOver(this.#world)) || this.opened) return false;
    await this.#profiles.setWatch(profile, null);
    return true;
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
      this.opened?.committed(cases);
      this.#tabs.say({ word: 'wrote', profile: vault.profile, cases });
    };
    const store = await Store.open(vault, this.#world.now, committed, who).catch(
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
    const opened = new Opened(store, row?.device ?? '', csrf, this.#profiles, this.#world, emit);
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
    this.#lockHere();
    if (profile) this.#tabs.say({ word: 'lock', profile });
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
    const { store, link } = this.here();
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
    const isOpen = this.opened?.store.vault.profile === profile;
    if (isOpen) this.#shut();
    this.#tabs.say({ word: 'lock', profile });
    const { wipe } = await import('./wipe.ts');
    await wipe(this.#profiles, this.#link(), profile);
    this.#emit({ event: 'wiped' });
    this.#emit({ event: 'locked' });
  }

  async changePassword(
    current: string,
    next: string,
  ): Promise<{ ok: true } | { ok: false; problem: Problem | 'no_connection' }> {
    const { link, store } = this.here();
    const answer = await session.changePassword(link, current, next);
    if (!('ok' in answer)) return { ok: false, problem: session.problemOf(answer) };
    await this.#profiles.rewrap(store.vault, next);
    return { ok: true };
  }

  /** As when the tab is closed: nothing is told, nothing runs on. */
  stop(): Promise<void> {
    this.#shut();
    this.#tabs.close();
    return Promise.resolve();
  }

  #link(): Link {
    return this.opened?.link ?? { fetch: this.#world.fetch, csrf: () => '' };
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  async #hear(word: Word): Promise<void> {
    const open = this.opened;
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
