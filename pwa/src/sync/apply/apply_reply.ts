/**
 * Applying a reply: verdicts, records, files, cursor and outbox change in one local transaction (R4), and only if the
 * store still stands where the request was made (R3).
 */

import { parse, receive, write } from '../../rules/clock.ts';
import type { Page, Verdict, Verdicts } from '../messages.ts';
import type { SyncRequest } from '../../model/outgoing.ts';
import type { Batch } from '../../store/batch.ts';
import { AccessApplication } from './apply_access.ts';
import { RecordsApplication } from './apply_records.ts';
import { VerdictsApplication } from './apply_verdicts.ts';
import type { IndexEntry, SyncState } from '../../store/sync_state.ts';
import type { Plan, Store } from '../../store/store.ts';

const SKEW_TOLD_MS = 5 * 60 * 1000;

/** [R3, R4] Applies verdicts and page; false where the store has moved on since the request. */
export function applyReply(
  store: Store,
  request: SyncRequest,
  reply: Page | Verdicts,
): Promise<boolean> {
  const apply = (page: Page | Verdicts) =>
    store.mutate((batch) => {
      if (request.cursor !== store.syncState.cursor) return null;
      return new ReplyApplication(store, batch, request, page).plan();
    });
  return apply(reply).catch(async (error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    const { parsedWhole } = await import('../whole.ts');
    return apply(parsedWhole(reply));
  });
}

class ReplyApplication {
  readonly #store: Store;
  readonly #batch: Batch;
  readonly #request: SyncRequest;
  readonly #page: Verdicts & Partial<Page>;
  readonly #verdicts: VerdictsApplication;
  readonly #access: AccessApplication;
  readonly #records: RecordsApplication;

  constructor(store: Store, batch: Batch, request: SyncRequest, page: Page | Verdicts) {
    this.#store = store;
    this.#batch = batch;
    this.#request = request;
    this.#page = page;
    this.#verdicts = new VerdictsApplication(store, batch);
    this.#access = new AccessApplication(store, batch, this.#verdicts);
    this.#records = new RecordsApplication(store, batch, this.#verdicts, this.#access);
  }

  async plan(): Promise<Plan> {
    const now = this.#store.now();
    const { verdicts, refused, files = [], backed_up_seq: backedUpSeq } = this.#page;
    // By their places: the server does not repeat what is no id.
    for (const [at, { id }] of this.#request.changes.entries())
      this.#verdicts.judge({ ...verdicts[at], id } as Verdict, now);
    if (refused) {
      const { quarantinedReadings } = await import('../../store/quarantine.ts');
      const quarantined = quarantinedReadings(this.#store, this.#request, refused);
      for (const entry of quarantined) this.#verdicts.put(entry);
    }
    await this.#access.apply(files);
    await this.#records.apply(this.#page);
    const copyOf = this.#records.copyOf.bind(this.#records);
    this.#verdicts.settle(copyOf, this.#access.purged, backedUpSeq, now);
    const indexed = await this.#records.indexed();
    const syncState = this.#newSyncState(now);
    this.#batch.put('state', 'standing', syncState);
    for (const reading of this.#request.reads ?? []) this.#batch.delete('reads', reading.id);
    return {
      durability: verdicts.length > 0 ? 'strict' : 'relaxed',
      cases: [...new Set([...this.#access.purged, ...indexed.map((entry) => entry.case)])],
      after: () => {
        this.#remember(syncState, indexed);
      },
    };
  }

  #newSyncState(now: number): SyncState {
    const before = this.#store.syncState;
    const page = this.#page;
    const server = page.server_time;
    const skew = now - server;
    const isQuiet = page.more === false;
    return {
      ...before,
      epoch: page.epoch,
      cursor: page.cursor ?? before.cursor,
      backedUpSeq: Math.max(before.backedUpSeq, page.backed_up_seq),
      clock: this.#clockAfter(server, now),
      counter: Math.max(before.counter, this.#store.outbox.lastCounter()),
      complete: before.complete || isQuiet,
      checkedAt: before.complete || !isQuiet ? before.checkedAt : now,
      done: page.progress?.done ?? before.done,
      total: page.progress?.total ?? before.total,
      lastSentAt: isQuiet && !this.#verdicts.isAnyWaiting() ? now : before.lastSentAt,
      lastFetchedAt: isQuiet ? now : before.lastFetchedAt,
      clockSkewMs: Math.abs(skew) > SKEW_TOLD_MS ? skew : null,
    };
  }

  /** [C3] The clock follows what it received, unless that runs wild. */
  #clockAfter(serverMs: number, now: number): string {
    const { node, clock: before } = this.#store;
    const { latest } = this.#records;
    const clock = latest > before ? receive(before, latest, now, node) : before;
    if (!Number.isFinite(serverMs)) return clock;
    const sent = write({ time_ms: serverMs, counter: 0, node: parse(clock).node });
    return receive(clock, sent, now, node);
  }

  #remember(syncState: SyncState, indexed: IndexEntry[]): void {
    const store = this.#store;
    if (syncState.complete && !store.syncState.complete) performance.mark('first fetch complete');
    store.syncState = syncState;
    store.moveClock(syncState.clock);
    this.#verdicts.remember();
    this.#access.remember();
    this.#records.remember();
    for (const entry of indexed) store.index.set(entry.case, entry);
  }
}
