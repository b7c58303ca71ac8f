/**
 * When to exchange: at once when there is a reason, soon again while there is no answer, and never two at a time.
 *
 * Whether the network is there is told by a request, not by the browser (`navigator.onLine` is true in a lift). While
 * there is no answer it is asked again every few seconds: the chip must clear within 5 s of the network's return.
 */

import type { Problem, SyncStatus } from '../model/engine.ts';
import { asSyncer } from '../store/tabs.ts';
import type { Outcome } from './exchange_state.ts';

const RETRY_FIRST_MS = 1_000;
/** without an answer: somebody is looking, or the store would be locked */
const RETRY_MAX_MS = 4_000;
/** after a refusal that time may cure (the server is down, or busy) */
const FAILED_MAX_MS = 60_000;
/** news from colleagues while the app is open, where the server cannot tell of them at once */
const NEWS_MS = 60_000;
/** [U7] between two exchanges it is looked whether the server is still there; it may take as long again to tell that it is not */
export const REACH_MS = 10_000;

export type Phase = SyncStatus['phase'];

interface SchedulerEvents {
  /** one exchange, from the first request to the last page */
  syncOnce: () => Promise<Outcome>;
  changed: () => void;
  /** whether the server answers, whatever it says */
  reaches: () => Promise<boolean>;
  /** [P11] true once there is something to fetch; false where nobody tells */
  hasNews: (signal: AbortSignal) => Promise<boolean>;
}

export class SyncScheduler {
  phase: Phase = 'idle';
  problem: Problem | null = null;
  readonly #events: SchedulerEvents;
  readonly #lock: string;
  readonly #silenceMaxMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #listening = new AbortController();
  #running: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #stopped = false;

  constructor(lock: string, events: SchedulerEvents, silenceMaxMs?: number) {
    this.#lock = lock;
    this.#events = events;
    this.#silenceMaxMs = silenceMaxMs;
  }

  /** There is a reason to exchange now. Resolves when the exchange that serves it has ended. */
  async requestSync(): Promise<void> {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#listening.abort();
    this.#running = this.#run();
    await this.#running;
  }

  /** Something was saved. While nobody answers, the next try is soon enough: each packs all that waits. */
  async saved(): Promise<void> {
    if (this.phase === 'offline' && !this.#running) return;
    await this.requestSync();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#looking);
    this.#listening.abort();
  }

  enter(phase: Phase): void {
    this.phase = phase;
    if (!this.#stopped) this.#events.changed();
  }

  async #run(): Promise<void> {
    let outcome: Outcome;
    do {
      this.#again = false;
      outcome = await this.#asSyncer().catch((error: unknown) => this.#broken(error));
    } while ('done' in outcome && this.#wantsAgain());
    this.#running = null;
    if (!this.#stopped) this.#conclude(outcome);
  }

  #asSyncer(): Promise<Outcome> {
    return asSyncer(this.#lock, this.#events.syncOnce, this.#silenceMaxMs);
  }

  #wantsAgain(): boolean {
    return this.#again && !this.#stopped;
  }

  #conclude(outcome: Outcome): void {
    this.problem = 'refused' in outcome ? outcome.refused : null;
    if ('done' in outcome) {
      this.#failures = 0;
      this.#later(NEWS_MS);
      this.#lookLater();
      void this.#listen();
      this.enter('idle');
      return;
    }
    if ('none' in outcome) {
      this.#silent();
      return;
    }
    this.#failures += 1;
    const phase = phaseOf(outcome.status);
    if (phase === 'failed')
      this.#later(outcome.retryAfterMs ?? backoff(this.#failures, FAILED_MAX_MS));
    this.enter(phase);
  }

  #silent(): void {
    this.#failures += 1;
    this.#later(backoff(this.#failures, RETRY_MAX_MS));
    this.enter('offline');
  }

  #lookLater(): void {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => void this.#look(), REACH_MS);
  }

  /** An exchange that has begun meanwhile tells more. */
  async #look(): Promise<void> {
    const isThere = this.#running !== null || (await this.#events.reaches());
    if (this.#stopped || this.#running || this.phase !== 'idle') return;
    if (isThere) this.#lookLater();
    else this.#silent();
  }

  /** Until the next exchange, which carries a later cursor. */
  async #listen(): Promise<void> {
    const { signal } = (this.#listening = new AbortController());
    if ((await this.#events.hasNews(signal)) && !signal.aborted) await this.requestSync();
  }

  /** What breaks inside is not the network's fault, and is tried again like a server that could not. */
  #broken(error: unknown): Outcome {
    // A store that was locked in the middle of an exchange is no fault at all.
    if (!this.#stopped) console.error(error instanceof Error ? error.name : 'exchange failed');
    return { refused: { code: 'internal' }, status: 500, retryAfterMs: null };
  }

  /** Not before `ms`, and with jitter, so that a hundred phones do not knock at once. */
  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.requestSync(), ms * (1 + Math.random() * 0.2));
  }
}

function backoff(failures: number, maxMs: number): number {
  return Math.min(maxMs, RETRY_FIRST_MS * 2 ** (failures - 1));
}

function phaseOf(status: number): Phase {
  if (status === 401 || status === 403) return 'sign_in';
  return status === 426 ? 'update' : 'failed';
}
