/**
 * Taking a reply: verdicts, records, files, cursor and outbox change in one local transaction (R4), and only if the
 * store still stands where the request was made (R3).
 */

import { parse, receive, write } from '../rules/clock.ts';
import { parsedWhole } from '../sync/runs.ts';
import type { Page, SyncRequest, Verdicts } from '../sync/wire.ts';
import type { Batch } from './batch.ts';
import { Purging } from './purging.ts';
import { Receiving } from './receiving.ts';
import { Settling } from './settling.ts';
import type { IndexEntry, Standing } from './standing.ts';
import type { Plan, Store } from './store.ts';

const SKEW_TOLD_MS = 5 * 60 * 1000;

/** [R3, R4] Takes verdicts and page; false where the store has moved on since the request. */
export function takeReply(
  store: Store,
  request: SyncRequest,
  reply: Page | Verdicts,
): Promise<boolean> {
  const take = (page: Page | Verdicts) =>
    store.mutate((batch) => {
      if (request.cursor !== store.standing.cursor) return null;
      return new Taking(store, batch, request, page).plan();
    });
  return take(reply).catch((error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    return take(parsedWhole(reply));
  });
}

class Taking {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #request: SyncRequest;
  readonly #page: Verdicts & Partial<Page>;
  readonly #settling: Settling;
  readonly #purging: Purging;
  readonly #receiving: Receiving;

  constructor(store: Store, batch: Batch, request: SyncRequest, page: Page | Verdicts) {
    this.#store = store;
    this.#batch = batch;
    this.#request = request;
    this.#page = page;
    this.#settling = new Settling(store, batch);
    this.#purging = new Purging(store, batch, this.#settling);
    this.#receiving = new Receiving(store, batch, this.#settling, this.#purging);
  }

  async plan(): Promise<Plan> {
    const now = this.#store.now();
    const { verdicts, files = [], durable } = this.#page;
    for (const verdict of verdicts) this.#settling.judge(verdict, now);
    await this.#purging.take(files);
    await this.#receiving.take(this.#page);
    const copyOf = this.#receiving.copyOf.bind(this.#receiving);
    this.#settling.settle(copyOf, this.#purging.purged, durable, now);
    const indexed = await this.#receiving.indexed();
    const standing = this.#standing(now);
    this.#batch.put('state', 'standing', standing);
    for (const reading of this.#request.reads ?? []) this.#batch.delete('reads', reading.id);
    return {
      durability: verdicts.length > 0 ? 'strict' : 'relaxed',
      cases: [...new Set([...this.#purging.purged, ...indexed.map((entry) => entry.case)])],
      after: () => {
        this.#remember(standing, indexed);
      },
    };
  }

  #standing(now: number): Standing {
    const before = this.#store.standing;
    const page = this.#page;
    const server = page.server_time;
    const skew = now - server;
    const isQuiet = page.more === false;
    return {
      ...before,
      epoch: page.epoch,
      cursor: page.cursor ?? before.cursor,
      durable: Math.max(before.durable, page.durable),
      clock: this.#clockAfter(server, now),
      counter: Math.max(before.counter, this.#store.outbox.lastCounter()),
      complete: before.complete || isQuiet,
      checkedAt: before.complete || !isQuiet ? before.checkedAt : now,
      done: page.progress?.done ?? before.done,
      total: page.progress?.total ?? before.total,
      lastSentAt: isQuiet && !this.#settling.isAnyWaiting() ? now : before.lastSentAt,
      lastFetchedAt: isQuiet ? now : before.lastFetchedAt,
      clockSkewMs: Math.abs(skew) > SKEW_TOLD_MS ? skew : null,
    };
  }

  /** [C3] The clock follows what it received, unless that runs wild. */
  #clockAfter(serverMs: number, now: number): string {
    const { node, clock: before } = this.#store;
    const { latest } = this.#receiving;
    const clock = latest > before ? receive(before, latest, now, node) : before;
    if (!Number.isFinite(serverMs)) return clock;
    const sent = write({ time_ms: serverMs, counter: 0, node: parse(clock).node });
    return receive(clock, sent, now, node);
  }

  #remember(standing: Standing, indexed: IndexEntry[]): void {
    const store = this.#store;
    if (standing.complete && !store.standing.complete) performance.mark('first fetch complete');
    store.standing = standing;
    store.moveClock(standing.clock);
    this.#settling.remember();
    this.#purging.remember();
    this.#receiving.remember();
    for (const entry of indexed) store.index.set(entry.case, entry);
  }
}
