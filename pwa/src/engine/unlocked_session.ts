/** What exists only between unlocking and locking: the store, its drafts, its exchange with the server. */

import { exchange } from '../sync/exchange.ts';
import type { Exchange, Outcome, Progress } from '../sync/exchange_state.ts';
import { SyncScheduler } from '../sync/scheduler.ts';
import type { Unanswered } from '../sync/renewal.ts';
import type { Signed } from '../sync/session.ts';
import { call } from '../sync/protocol.ts';
import type { CallResult, Link, Method } from '../sync/messages.ts';
import { Drafts } from '../store/drafts.ts';
import type {
  EngineEvent,
  Found,
  Json,
  Question,
  SyncStatus,
  VisitSummary,
} from '../model/engine.ts';
import type { AllVisits } from '../store/all_visits.ts';
import type { Profiles } from '../store/profiles.ts';
import type { AccessLog } from '../store/access_log.ts';
import type { Search } from '../store/search.ts';
import type { SessionKey } from '../store/vault_session.ts';
import { Locked, type Store } from '../store/store.ts';

/** What the device brings from outside; tests bring their own. */
export interface EngineDeps {
  fetch: typeof fetch;
  now: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

const FETCH_TOLD_MS = 400;
/** Nobody has saved or exchanged anything for so long: files are compacted, one after another, and history is fetched. */
const QUIET_MS = 3_000;
/** A file that was cut goes on so soon. */
const FILES_AGAIN_MS = 4_000;

export class UnlockedSession {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly link: Link;
  readonly scheduler: SyncScheduler;
  readonly device: string;
  #csrf: string;
  /** [J3] what the lock gave up comes back by a refresh */
  #hasAccess: boolean;
  #renewal: Promise<Renewed> | null = null;
  #unanswered: Unanswered | null = null;
  #progress: Progress | null = null;
  readonly profiles: Profiles;
  readonly #deps: EngineDeps;
  readonly #emit: (event: EngineEvent) => void;
  readonly #batching = { share: 1 };
  #accessLog: AccessLog | null = null;
  #unsent = -1;
  #search: Search | null = null;
  #visits: AllVisits | null = null;
  readonly #untold = new Set<string>();
  #telling: Timer | undefined;
  #hasTold = false;
  #tending = Promise.resolve();
  #quiet: Timer | undefined;
  #fetching: Promise<void> | null = null;
  #sending: Promise<void> | null = null;

  constructor(
    store: Store,
    device: string,
    csrf: string,
    hasAccess: boolean,
    profiles: Profiles,
    deps: EngineDeps,
    emit: (event: EngineEvent) => void,
  ) {
    this.store = store;
    this.device = device;
    this.drafts = new Drafts(store);
    this.#csrf = csrf;
    this.#hasAccess = hasAccess;
    this.profiles = profiles;
    this.#deps = deps;
    this.#emit = emit;
    this.link = { fetch: deps.fetch, csrf: () => this.#csrf };
    this.scheduler = new SyncScheduler(`ovikello-sync-${store.vault.profile}`, {
      syncOnce: () => this.#syncOnce(),
      changed: () => {
        this.tell();
      },
      reaches: async () => (await import('../sync/reach.ts')).isReached(this.link),
      hasNews: async (signal) =>
        (await import('../sync/wait_for_news.ts')).hasNews(this.link, store, signal),
    });
  }

  /** How sending goes, for every screen's header. */
  state(): SyncStatus {
    const { syncState, outbox } = this.store;
    const progress = this.#progress;
    return {
      phase: progress?.phase ?? this.scheduler.phase,
      problem: this.scheduler.problem,
      done: progress?.done ?? syncState.done,
      total: progress?.total ?? syncState.total,
      waiting: this.store.waiting(),
      fix: outbox.saves('refused'),
      lastSentAt: syncState.lastSentAt,
      lastFetchedAt: syncState.lastFetchedAt,
      clockSkewMs: syncState.clockSkewMs,
      complete: syncState.complete,
    };
  }

  isSending(): boolean {
    return this.#progress?.phase === 'sending';
  }

  /** The list of what waits says which of it is under way. */
  #tellOfSending(change: () => void): void {
    const before = this.isSending();
    change();
    if (this.isSending() !== before) this.#emit({ event: 'outbox' });
  }

  tell(): void {
    this.#emit({ event: 'sync', state: this.state() });
  }

  /** After something was committed, here or in another tab. */
  committed(cases: string[]): void {
    if (cases.length > 0) this.#whenQuiet();
    if (cases.length > 0) this.#changed(cases);
    this.#search?.forget(cases);
    this.#visits?.forget(cases);
    this.tell();
    const unsent = this.store.unsent();
    if (unsent === this.#unsent) return;
    this.#unsent = unsent;
    void this.profiles.setUnsent(this.store.vault.profile, unsent);
  }

  /** While the first fetch runs the screens hear of it a few times a second: each time Tänään is drawn anew. */
  #changed(cases: string[]): void {
    for (const one of cases) this.#untold.add(one);
    if (this.store.syncState.complete || !this.#hasTold) this.#tellRecords();
    else
      this.#telling ??= setTimeout(() => {
        this.#tellRecords();
      }, FETCH_TOLD_MS);
  }

  #tellRecords(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#hasTold = true;
    this.#emit({ event: 'records', cases: [...this.#untold] });
    this.#emit({ event: 'outbox' });
    this.#untold.clear();
  }

  /** [F2] The texts of all notes, from the first search to the lock. */
  async search(question: Question): Promise<Found> {
    const { Search: Texts } = await import('../store/search.ts');
    this.#search ??= new Texts(this.store);
    return this.#search.find(question);
  }

  /** [F4] The times of all visits, from the first question beyond the index to the lock. */
  async visitsBetween(from: string, until: string): Promise<VisitSummary[]> {
    const { AllVisits: All } = await import('../store/all_visits.ts');
    this.#visits ??= new All(this.store);
    return this.#visits.between(from, until);
  }

  /** A session of this person began. */
  async signed({ csrf, session }: Signed, key: JsonWebKey): Promise<void> {
    this.#csrf = csrf;
    this.#hasAccess = true;
    await this.store.mutate((batch) => {
      batch.put('state', 'csrf', csrf);
      batch.put('state', 'session_key', { session, key, n: 0 } satisfies SessionKey);
      return { durability: 'strict', cases: [], after: () => undefined };
    });
  }

  /** Sweeping, compacting, a new day's summaries: when there is time, one after another. */
  tend(): void {
    this.#whenQuiet();
    this.#tending = this.#tending
      .then(async () => (await import('../store/upkeep.ts')).upkeep(this.store))
      .catch(told('upkeep'));
  }

  /** [L3] Notes that a case file was opened; nothing of it is needed before the first one is. */
  async logAccess(caseId: string): Promise<void> {
    const { AccessLog } = await import('../store/access_log.ts');
    this.#accessLog ??= new AccessLog(this.store);
    await this.#accessLog.note(caseId);
  }

  /** [L6] Beside the exchange, not in it: nobody waits for it, and a new entry is sent while it runs. */
  #prefetchHistory(): void {
    if (this.#fetching) return;
    this.#fetching = import('../sync/history_prefetch.ts')
      .then(({ prefetchHistory }) => prefetchHistory(this.store, this.link))
      .catch(told('history'))
      .finally(() => {
        this.#fetching = null;
      });
  }

  #whenQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      void this.#putInOrder(this.#quiet);
    }, QUIET_MS);
  }

  async #putInOrder(mine: Timer | undefined): Promise<void> {
    try {
      const { compactOne } = await import('../store/upkeep.ts');
      while (this.#quiet === mine && (await compactOne(this.store)));
      if (this.#quiet === mine && this.scheduler.phase === 'idle') this.#prefetchHistory();
    } catch (error) {
      told('compact')(error);
    }
  }

  /** [J3] At the lock, while the header's value is still known. Nobody waits for the answer. */
  async giveUpAccess(): Promise<void> {
    const { giveUpAccess } = await import('../sync/session.ts');
    if (await this.#hasCookies()) await giveUpAccess(this.link);
  }

  /** [V7] The cookies may be another person's who used this browser since. */
  async #hasCookies(): Promise<boolean> {
    return (await this.profiles.cookies()) === this.store.vault.profile;
  }

  close(): void {
    clearTimeout(this.#telling);
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.scheduler.stop();
    this.#search = null;
    this.#visits = null;
    this.store.close();
  }

  /** What a screen asks of the server beside the exchange. `null` is what it says with 204. */
  async ask(method: Method, path: string, body?: Json): Promise<CallResult<Json>> {
    return this.through((link) => call(link, method, path, body, isAnything));
  }

  async askFile(path: string): Promise<CallResult<Blob>> {
    const { fetchFile } = await import('../sync/fetch_file.ts');
    return this.through((link) => fetchFile(link, path));
  }

  /** Whatever is asked in this session, which is renewed where it has to be. */
  async through<T>(ask: (link: Link) => Promise<CallResult<T>>): Promise<CallResult<T>> {
    if (!(await this.#hasCookies())) return signInNeeded;
    return this.#renewing(() => ask(this.link));
  }

  /** [X6] Photos and documents, once the entries have been sent: beside the exchange, as histories are fetched. */
  #sendFiles(): void {
    if (this.#sending || this.store.uploadsWaiting === 0) return;
    this.#sending = import('../sync/send_files.ts')
      .then(({ sendFiles }) => sendFiles(this.store, (ask) => this.through(ask)))
      .then((again) => {
        if (again) setTimeout(() => void this.scheduler.requestSync(), FILES_AGAIN_MS);
      })
      .catch(told('files'))
      .finally(() => {
        this.#sending = null;
      });
  }

  /** One exchange. */
  async #syncOnce(): Promise<Outcome> {
    const { store } = this;
    if (!(await this.#hasCookies())) return signInNeeded;
    await store.refresh();
    try {
      const run = this.#run();
      const outcome = await this.#renewing(() => exchange(run));
      if ('refused' in outcome && (await this.#isToBeWiped(outcome)))
        this.#emit({ event: 'wiped' });
      if (!('done' in outcome)) return outcome;
      this.tend();
      this.#sendFiles();
      const { check, updateNeeded } = await import('../sync/integrity_check.ts');
      return (await check(this.#run())) ?? updateNeeded(run) ?? outcome;
    } finally {
      this.#tellOfSending(() => (this.#progress = null));
    }
  }

  /** [J6] Where the session has ended the device asks for itself. */
  async #isToBeWiped({
    refused,
    status,
  }: Extract<Outcome, { refused: unknown }>): Promise<boolean> {
    if (status !== 401) return refused.code === 'device_wiped';
    const row = await this.profiles.get(this.store.vault.profile);
    const { lockedState } = await import('../sync/locked.ts');
    return row !== undefined && (await lockedState(this.#deps.fetch, row)) === 'wiped';
  }

  /** Where the session has run out, or was given up at the lock, it is renewed, and the same is asked again, once. */
  async #renewing<Asked extends Outcome | CallResult<unknown>>(
    ask: () => Promise<Asked>,
  ): Promise<Asked | Exclude<CallResult<Signed>, { ok: unknown }>> {
    if (!this.#hasAccess) {
      const renewed = await this.#renew();
      if (!('ok' in renewed)) return renewed;
    }
    const answer = await ask();
    if (!('refused' in answer) || answer.status !== 401) return answer;
    const renewed = await this.#renew();
    return 'ok' in renewed ? ask() : renewed;
  }

  /** Whoever asks meanwhile waits for the same answer. */
  #renew(): Promise<Renewed> {
    this.#renewal ??= this.#renewOnce().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #renewOnce(): Promise<Renewed> {
    const { renewed } = await import('../sync/renewal.ts');
    const came = await renewed(this.store, this.#deps.fetch, this.#unanswered);
    // [J2] A session of before there were keys: its person signs in once, and what waits stays.
    if (!came) return signInNeeded;
    this.#unanswered = came.unanswered;
    const { answer } = came;
    if (!('ok' in answer)) return answer;
    if (answer.ok.user !== this.store.session.user) return signInNeeded;
    this.#csrf = answer.ok.csrf;
    this.#hasAccess = true;
    return answer;
  }

  #run(): Exchange {
    return {
      store: this.store,
      link: this.link,
      device: this.device,
      batching: this.#batching,
      progress: (progress) => {
        this.#tellOfSending(() => (this.#progress = progress));
        this.tell();
      },
    };
  }
}

/** What breaks beside the exchange stops nobody; a store that was locked in the middle of it is no fault at all. */
function told(what: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Locked)) console.error(error instanceof Error ? error.name : what);
  };
}

type Renewed = CallResult<Signed>;

const signInNeeded: Exclude<CallResult<Signed>, { ok: unknown }> = {
  refused: { code: 'sign_in_needed' },
  status: 401,
  retryAfterMs: null,
};

function isAnything(said: unknown): said is Json {
  return said !== undefined;
}
