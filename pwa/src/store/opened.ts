/** What exists only between unlocking and locking: the store, its drafts, its exchange with the server. */

import { exchange, type Exchange, type Outcome, type Progress } from '../sync/exchange.ts';
import { Pace } from '../sync/pace.ts';
import { refresh, type Signed } from '../sync/session.ts';
import { call, type Answer, type Link, type Method } from '../sync/wire.ts';
import { Drafts } from './drafts.ts';
import type { EngineEvent, Found, Json, Question, SyncState } from './engine.ts';
import type { Profiles } from './profiles.ts';
import { Readings } from './readings.ts';
import type { Search } from './search.ts';
import { Locked, type Store } from './store.ts';

/** What the device brings from outside; tests bring their own. */
export interface World {
  fetch: typeof fetch;
  now: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

const FETCH_TOLD_MS = 400;
/** Nobody has saved or exchanged anything for so long: files are folded, one after another, and history is fetched. */
const QUIET_MS = 3_000;

export class Opened {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly readings: Readings;
  readonly link: Link;
  readonly pace: Pace;
  readonly device: string;
  #csrf: string;
  #progress: Progress | null = null;
  readonly #profiles: Profiles;
  readonly #emit: (event: EngineEvent) => void;
  readonly #batchPace = { share: 1 };
  #unsent = -1;
  #search: Search | null = null;
  readonly #untold = new Set<string>();
  #telling: Timer | undefined;
  #hasTold = false;
  #tending = Promise.resolve();
  #quiet: Timer | undefined;
  #fetching: Promise<void> | null = null;

  constructor(
    store: Store,
    device: string,
    csrf: string,
    profiles: Profiles,
    world: World,
    emit: (event: EngineEvent) => void,
  ) {
    this.store = store;
    this.device = device;
    this.drafts = new Drafts(store);
    this.readings = new Readings(store);
    this.#csrf = csrf;
    this.#profiles = profiles;
    this.#emit = emit;
    this.link = { fetch: world.fetch, csrf: () => this.#csrf };
    this.pace = new Pace(`ovikello-sync-${store.vault.profile}`, {
      round: () => this.#round(),
      changed: () => {
        this.tell();
      },
    });
  }

  /** How sending goes, for every screen's header. */
  state(): SyncState {
    const { standing, outbox } = this.store;
    const progress = this.#progress;
    return {
      phase: progress?.phase ?? this.pace.phase,
      problem: this.pace.problem,
      done: progress?.done ?? standing.done,
      total: progress?.total ?? standing.total,
      waiting: outbox.saves('waiting'),
      fix: outbox.saves('refused'),
      lastSentAt: standing.lastSentAt,
      lastFetchedAt: standing.lastFetchedAt,
      clockSkewMs: standing.clockSkewMs,
      complete: standing.complete,
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
    this.tell();
    const unsent = this.store.unsent();
    if (unsent === this.#unsent) return;
    this.#unsent = unsent;
    void this.#profiles.setUnsent(this.store.vault.profile, unsent);
  }

  /** While the first fetch runs the screens hear of it a few times a second: each time Tänään is drawn anew. */
  #changed(cases: string[]): void {
    for (const one of cases) this.#untold.add(one);
    if (this.store.standing.complete || !this.#hasTold) this.#tellRecords();
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
    const { Search: Texts } = await import('./search.ts');
    this.#search ??= new Texts(this.store);
    return this.#search.find(question);
  }

  /** A session of this person began or was renewed. */
  async signed({ csrf }: Signed): Promise<void> {
    this.#csrf = csrf;
    await this.store.mutate((batch) => {
      batch.put('state', 'csrf', csrf);
      return { durability: 'strict', cases: [], after: () => undefined };
    });
  }

  /** Sweeping, folding, a new day's summaries: when there is time, one after another. */
  tend(): void {
    this.#whenQuiet();
    this.#tending = this.#tending
      .then(async () => (await import('./upkeep.ts')).upkeep(this.store))
      .catch((error: unknown) => {
        if (!(error instanceof Locked))
          console.error(error instanceof Error ? error.name : 'upkeep');
      });
  }

  /** [L6] Beside the exchange, not in it: nobody waits for it, and a new entry is sent while it runs. */
  #fetchHistory(): void {
    if (this.#fetching) return;
    this.#fetching = import('../sync/history_ahead.ts')
      .then(({ fetchHistory }) => fetchHistory(this.store, this.link))
      .catch((error: unknown) => {
        if (!(error instanceof Locked))
          console.error(error instanceof Error ? error.name : 'history');
      })
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
      const { foldOne } = await import('./upkeep.ts');
      while (this.#quiet === mine && (await foldOne(this.store)));
      if (this.#quiet === mine && this.pace.phase === 'idle') this.#fetchHistory();
    } catch (error) {
      if (!(error instanceof Locked)) console.error(error instanceof Error ? error.name : 'fold');
    }
  }

  close(): void {
    clearTimeout(this.#telling);
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.pace.stop();
    this.#search = null;
    this.store.close();
  }

  /** What a screen asks of the server beside the exchange. `null` is what it says with 204. */
  async ask(method: Method, path: string, body?: Json): Promise<Answer<Json>> {
    if ((await this.#profiles.cookies()) !== this.store.vault.profile) return signInNeeded;
    return this.#renewing(() => call(this.link, method, path, body, isAnything));
  }

  /** One exchange. */
  async #round(): Promise<Outcome> {
    const { store } = this;
    // [V7] The cookies may be another person's who used this browser since.
    if ((await this.#profiles.cookies()) !== store.vault.profile) return signInNeeded;
    await store.refresh();
    try {
      const outcome = await this.#renewing(() => exchange(this.#run()));
      if ('refused' in outcome && outcome.refused.code === 'device_wiped')
        this.#emit({ event: 'wiped' });
      if (!('done' in outcome)) return outcome;
      this.tend();
      const { check } = await import('../sync/check.ts');
      return (await check(this.#run())) ?? outcome;
    } finally {
      this.#tellOfSending(() => (this.#progress = null));
    }
  }

  /** Where the session has run out it is renewed, and the same is asked again, once. */
  async #renewing<Asked extends Outcome | Answer<Json>>(
    ask: () => Promise<Asked>,
  ): Promise<Asked | Exclude<Answer<Signed>, { ok: unknown }>> {
    const answer = await ask();
    if (!('refused' in answer) || answer.status !== 401) return answer;
    const renewed = await refresh(this.link);
    if (!('ok' in renewed)) return renewed;
    if (renewed.ok.user !== this.store.session.user) return signInNeeded;
    await this.signed(renewed.ok);
    return ask();
  }

  #run(): Exchange {
    return {
      store: this.store,
      link: this.link,
      device: this.device,
      pace: this.#batchPace,
      progress: (progress) => {
        this.#tellOfSending(() => (this.#progress = progress));
        this.tell();
      },
    };
  }
}

const signInNeeded: Exclude<Answer<Signed>, { ok: unknown }> = {
  refused: { code: 'sign_in_needed' },
  status: 401,
  retryAfterMs: null,
};

function isAnything(said: unknown): said is Json {
  return said !== undefined;
}
