/**
 * What every screen knows: who is signed in, what is on this device and how sending goes. Fed by the engine's events;
 * emptied when it locks.
 */

import { flushSync, untrack } from 'svelte';
import { tellApart } from '../domain/namesakes.ts';
import { visitsOfPerson } from '../domain/agenda.ts';
import { afterFrame } from '../platform/idle.ts';
import { own } from '../rules/own.ts';
import { dismissToast, showToast, showFailure } from './toast.svelte.ts';
import { takeOwn } from './preferences.svelte.ts';
import type {
  CaseSummary,
  Edit,
  Engine,
  EngineEvent,
  OutboxEntry,
  Person,
  Profile,
  RecordView,
  Session,
  SyncStatus,
} from '../model/engine.ts';
import { keptStore } from '../platform/kept_store.ts';
import { words } from '../words/index.svelte.ts';

/** What stands before the screens. */
type AuthScreen = 'starting' | 'halted' | 'sign-in' | 'lock' | 'first-sync' | null;

/** Why nothing goes on in this tab: a newer release has taken over, or the browser lets nothing be stored. */
type Halted = 'outdated' | 'no_storage';

const nothingYet: SyncStatus = {
  phase: 'idle',
  done: 0,
  total: 0,
  waiting: 0,
  fix: 0,
  lastSentAt: null,
  lastFetchedAt: null,
  clockSkewMs: null,
  complete: false,
};

const INTRODUCED = 'introduced';

class App {
  #engine: Engine | null = null;
  started = $state(false);
  halted = $state<Halted | null>(null);
  session = $state.raw<Session | null>(null);
  profiles = $state.raw<Profile[]>([]);
  sync = $state.raw<SyncStatus>(nothingYet);
  #summaries = $state.raw<CaseSummary[]>([]);
  /** [H7] of a client who was entered twice one; fetched once there is such a client */
  #asOne: (all: CaseSummary[]) => CaseSummary[] = $state.raw((all) => all);
  /** of everybody on this device; two of one name are told apart */
  readonly summaries = $derived(tellApart(this.#asOne(this.#summaries)));
  people = $state.raw<ReadonlyMap<string, Person>>(new Map());
  /** read while its screen is open; null until then */
  outbox = $state.raw<OutboxEntry[] | null>(null);
  /** the local copy has been read once since unlocking */
  loaded = $state(false);
  /** the person asked to sign in although there is a store to open, or one is open; `returned`: from another provider */
  signingIn = $state<boolean | 'returned'>(false);
  /** what stands before the first fetch has something to show still, whatever is fetched meanwhile */
  holdsFirstSync = $state(false);
  /** moves on twice a minute */
  now = $state(Date.now());
  /** forms with text in them: how each seals its draft at once */
  readonly #forms = new Set<() => Promise<void>>();
  openForms = $state(0);
  /** the introduction stands on Tänään: fictional clients, and this person has not read it here */
  introduces = $state(false);
  /** unsent entries of a store that the browser threw away, as far as this device remembers; `null`: nothing was */
  evicted = $state<number | null>(null);
  /** [V10] what lay here was made unreadable, since somebody said that this device is lost */
  wiped = $state(false);
  readonly #recordListeners = new Set<(cases: string[]) => void>();

  readonly byCase = $derived(
    new Map(
      this.summaries.flatMap((one) =>
        [one.case, ...(one.also ?? [])].map((file): [string, CaseSummary] => [file, one]),
      ),
    ),
  );
  /** what this person makes, in order of time */
  readonly visits = $derived(visitsOfPerson(this.summaries, this.session?.user ?? ''));
  readonly me = $derived(this.session ? (this.people.get(this.session.user) ?? null) : null);
  readonly authScreen: AuthScreen = $derived.by(() => {
    if (this.halted !== null) return 'halted';
    if (!this.started) return 'starting';
    if (this.signingIn) return 'sign-in';
    if (this.session === null) return this.profiles.length > 0 ? 'lock' : 'sign-in';
    if (!this.loaded) return 'starting';
    if (this.holdsFirstSync) return 'first-sync';
    return this.sync.complete || this.summaries.length > 0 ? null : 'first-sync';
  });

  get engine(): Engine {
    if (this.#engine === null) throw new Error('start() comes first');
    return this.#engine;
  }

  async start(engine: Engine): Promise<void> {
    this.#engine = engine;
    setInterval(() => (this.now = Date.now()), 30_000);
    try {
      await engine.subscribe((event) => {
        // The engine waits for what this answers, and only then lets go of the databases.
        if (event.event === 'outdated') return this.#giveWay();
        void this.#hear(event);
        return undefined;
      });
      this.profiles = await engine.profiles();
      if (this.profiles.length === 0) this.evicted = keptStore.lost();
      this.started = true;
    } catch (error) {
      console.error(error);
      this.halted =
        error instanceof Error && error.name === 'VersionError' ? 'outdated' : 'no_storage';
    }
  }

  /** A session that `unlock` or `signIn` returned. Its event may come first or later: it is the same. */
  async opened(session: Session): Promise<void> {
    const known = this.session;
    this.session = session;
    // A tab that came back from a provider may be open already: what it brought is still to be taken.
    if (this.signingIn === true) this.signingIn = false;
    this.wiped = false;
    if (known?.user === session.user && this.loaded) return;
    await Promise.all([takeOwn(this.engine), this.#introduce(session), this.#reload()]);
    void import('../platform/storage.svelte.ts').then(({ storage }) => storage.ask());
  }

  async #introduce({ production }: Session): Promise<void> {
    this.introduces = !production && (await this.engine.preference(INTRODUCED)) !== true;
  }

  /** The introduction was read, or skipped. */
  async introduced(): Promise<void> {
    this.introduces = false;
    await this.engine.setPreference(INTRODUCED, true);
  }

  /** Asks for name and password: the session has ended, or somebody else takes the device. */
  signIn(how: true | 'returned' = true): void {
    this.signingIn = how;
  }

  /** Back to what is on this device. */
  cancelSignIn(): void {
    this.signingIn = false;
  }

  /** A store that could not be opened is gone. */
  async discard(profile: string): Promise<void> {
    await this.engine.discard(profile);
    this.profiles = await this.engine.profiles();
    if (this.profiles.length === 0) keptStore.forget();
  }

  /** Saves at once on this device and says so, with Kumoa. `false`: nothing was saved, keep the text on the screen. */
  async save(edits: Edit[], said: string = words.shell.savedHere): Promise<boolean> {
    try {
      await this.write(edits, said);
      return true;
    } catch (error) {
      console.error(error);
      showFailure(words.shell.notSaved);
      return false;
    }
  }

  /** The same, and throws where nothing was saved: a form says why (E2). */
  async write(edits: Edit[], said: string = words.shell.savedHere): Promise<void> {
    const { changes } = await this.engine.save(edits);
    showToast(said, () => void this.#undo(changes));
  }

  async #undo(changes: string[]): Promise<void> {
    try {
      await this.engine.undo(changes);
      showToast(words.shell.undone);
    } catch (error) {
      console.error(error);
      showFailure(words.shell.notUndone);
    }
  }

  /** A form with something typed in it: `seal` is called before a lock. Returns how to say that it was closed. */
  openForm(seal: () => Promise<void>): () => void {
    this.#forms.add(seal);
    this.openForms = this.#forms.size;
    return () => {
      this.#forms.delete(seal);
      this.openForms = this.#forms.size;
    };
  }

  /** Tells which case files have changed on this device. Returns how to stop listening. */
  onRecords(listener: (cases: string[]) => void): () => void {
    this.#recordListeners.add(listener);
    return () => this.#recordListeners.delete(listener);
  }

  /** Seals what is being typed, then drops the key (V5). */
  async lock(): Promise<void> {
    await this.#seal();
    await this.engine.lock();
  }

  async #seal(): Promise<void> {
    await Promise.allSettled([...this.#forms].map((seal) => seal()));
  }

  async #giveWay(): Promise<void> {
    await this.#seal();
    this.halted = 'outdated';
  }

  nameOf(person: string | null): string {
    if (person === null) return '';
    return this.people.get(person)?.name ?? words.shell.notVisible;
  }

  async #hear(event: Exclude<EngineEvent, { event: 'outdated' }>): Promise<void> {
    switch (event.event) {
      case 'sync':
        this.sync = event.state;
        if (this.session !== null) keptStore.note(event.state.waiting + event.state.fix);
        break;
      case 'records':
        // Who saved sees first that it is saved.
        afterFrame(() => {
          for (const listener of this.#recordListeners) listener(event.cases);
          void this.#reload(event.cases);
        });
        break;
      case 'outbox':
        await this.#reloadOutbox();
        break;
      case 'wiped':
        this.wiped = true;
        keptStore.forget();
        break;
      case 'locked':
        await this.#empty();
        break;
      case 'session':
        if (event.session) await this.opened(event.session);
        else await this.#empty();
        break;
    }
  }

  /** [H7] All records of a client, out of every file that is theirs on this device; of their headers the kept one's. */
  async openClient(caseId: string, again?: boolean): Promise<RecordView[]> {
    const [kept, ...also] = this.filesOf(caseId);
    const files = [kept, ...also].map((file) => this.engine.openCase(file, again));
    return (await Promise.all(files))
      .flat()
      .filter((one) => one.kind !== 'case' || !also.includes(one.case));
  }

  /** The file that is kept of a client, and its duplicates: of most clients the one file. */
  filesOf(caseId: string): [string, ...string[]] {
    const { case: kept = caseId, also = [] } = this.byCase.get(caseId) ?? {};
    return [kept, ...also];
  }

  /** Keeps `outbox` up to date. Returns how to stop. */
  followOutbox(): () => void {
    this.#outboxReaders += 1;
    void this.#reloadOutbox();
    return () => (this.#outboxReaders -= 1);
  }

  #outboxReaders = 0;
  #reloading: Promise<void> | null = null;
  #stale: Set<string> | 'all' = new Set();

  /** Reads summaries anew: these, or all. Many events at once make one more reading, not many. */
  #reload(cases?: string[]): Promise<void> {
    if (!cases || !this.loaded) this.#stale = 'all';
    else if (this.#stale !== 'all') for (const one of cases) this.#stale.add(one);
    this.#reloading ??= this.#readAll().finally(() => (this.#reloading = null));
    return this.#reloading;
  }

  async #readAll(): Promise<void> {
    while ((this.#stale === 'all' || this.#stale.size > 0) && this.session !== null) {
      const stale = this.#stale;
      this.#stale = new Set();
      const { user } = this.session;
      const [summaries, people] = await Promise.all([
        this.engine.summaries(stale === 'all' ? undefined : [...stale]),
        this.engine.people(),
      ]);
      if (summaries.some(({ duplicateOf }) => duplicateOf))
        this.#asOne = (await import('../domain/joined_clients.ts')).asOne;
      // It may have been locked meanwhile, or another person may have come.
      if ((this.session as Session | null)?.user !== user) return;
      this.#summaries = stale === 'all' ? summaries : replaced(this.#summaries, stale, summaries);
      this.people = new Map(people.map((person) => [person.id, person]));
      this.loaded = true;
    }
  }

  async #reloadOutbox(): Promise<void> {
    if (this.session === null || this.#outboxReaders === 0) return;
    this.outbox = await this.engine.outbox();
  }

  async #empty(): Promise<void> {
    dismissToast();
    this.session = null;
    // The lock is drawn first: what is drawn while values change is remembered by Svelte with what they were.
    flushSync();
    this.#summaries = [];
    this.people = new Map();
    this.outbox = null;
    this.loaded = false;
    this.sync = nothingYet;
    // A derived value keeps what it last was until it is read again.
    untrack(() => [this.byCase, this.visits, this.me]);
    if (this.halted !== null) return;
    this.profiles = await this.engine.profiles();
    if (this.profiles.length === 0) keptStore.forget();
  }
}

/** All summaries with those of the `stale` case files as they are `now`: changed, new or gone. */
function replaced(all: CaseSummary[], stale: Set<string>, now: CaseSummary[]): CaseSummary[] {
  const known = new Set(all.map((one) => one.case));
  const byCase = Object.fromEntries(now.map((one) => [one.case, one]));
  const kept = all.flatMap((one) => (stale.has(one.case) ? (own(byCase, one.case) ?? []) : one));
  return [...kept, ...now.filter((one) => !known.has(one.case))];
}

export const app = new App();
