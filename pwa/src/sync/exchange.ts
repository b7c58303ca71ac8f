/**
 * The exchange: one request at a time until nothing waits here and nothing is new there (R2). Own entries go first, in
 * batches bounded by bytes; the pages follow the last batch. While pages are sealed the next ones are already asked for.
 */

import type { Store } from '../store/store.ts';
import { takeReply } from '../store/take.ts';
import { Ahead, type Exchanged, type Steps } from './ahead.ts';
import {
  PROTOCOL,
  SCHEMA,
  sync,
  type Answer,
  type FileEvent,
  type Heard,
  type Link,
  type Reading,
  type SyncReply,
  type SyncRequest,
} from './wire.ts';

const BATCH_CHANGES_MAX = 1_000;
const BATCH_BYTES_MAX = 1536 * 1024;
const READS_MAX = 1_000;
/** statuses by which our server refuses a body as a whole */
const REFUSED_BODY = new Set([400, 413]);
/** No answer within this time tells that there is no network, and nothing of the batch's size. */
const SLOW_MS = 3_000;
/** Silence may be a slow network: batches shrink, but not to nothing. A refused body is searched to the single change. */
const SILENT_SHARE_MIN = 1 / 64;
const REFUSED_SHARE_MIN = 1 / BATCH_CHANGES_MAX;

export type Outcome =
  { done: true } | { none: true } | Extract<Answer<SyncReply>, { refused: unknown }>;

export interface Progress {
  phase: 'sending' | 'receiving';
  done: number;
  total: number;
}

export interface Exchange {
  store: Store;
  link: Link;
  device: string;
  progress: (progress: Progress) => void;
  /** asked for with the first request that gets a page: digests to compare, files to fill anew (D3) */
  ask?: Pick<SyncRequest, 'check' | 'repair'>;
  /** what was said of case files, once it is stored */
  heard?: (files: FileEvent[]) => void;
  /** the share of a full batch that the last requests got through: halved by silence, doubled by success */
  pace: { share: number };
}

/** A device that was revoked hands in what it has, and gets nothing any more. */
const deviceRevoked: Outcome = {
  refused: { code: 'device_revoked' },
  status: 403,
  retryAfterMs: null,
};

/** Runs until both sides have everything, or until there is no answer, or a refusal. */
export async function exchange(run: Exchange): Promise<Outcome> {
  const { store } = run;
  const atStart = store.outbox.saves('waiting');
  let ahead: Ahead | null = null;
  let came: Exchanged = await asked(run, atStart);
  try {
    for (;;) {
      const { request, answer, tookMs = 0 } = came;
      if (!('ok' in answer)) {
        if (!(await narrowed(run, request, answer, tookMs))) return answer;
      } else {
        run.pace.share = Math.min(run.pace.share * 2, 1);
        const reply = answer.ok;
        if ('reset' in reply || isOfAnotherServer(store, reply)) {
          const { takeReset } = await import('../store/reset.ts');
          await takeReset(store, request, reply);
        } else {
          ahead ??= pagesAfter(run, request, reply);
          const taken = await takeReply(store, request, reply);
          if (taken && !request.rest && 'files' in reply) {
            run.heard?.(reply.files);
            delete run.ask;
          }
          const next: Exchanged | null = taken && ahead ? await ahead.next() : null;
          if (next) {
            tell(run, next.request, atStart);
            came = next;
            continue;
          }
          const isAllSent = taken && !request.rest && store.outbox.count('waiting') === 0;
          if (isAllSent && !('cursor' in reply)) return deviceRevoked;
          if (isAllSent && 'cursor' in reply && !reply.more) return { done: true };
        }
      }
      await ahead?.stop();
      ahead = null;
      came = await asked(run, atStart);
    }
  } finally {
    await ahead?.stop();
  }
}

async function asked(run: Exchange, atStart: number): Promise<Exchanged> {
  const request = await nextRequest(run);
  tell(run, request, atStart);
  const begun = run.store.now();
  const answer = await sync(run.link, request);
  return { request, answer, tookMs: run.store.now() - begun };
}

/** The pages after this one, where nothing waits to be sent before them. */
function pagesAfter(run: Exchange, request: SyncRequest, reply: SyncReply): Ahead | null {
  const after: Steps['after'] = (last, page) => pageAfter(run, last, page);
  const next = after(request, reply);
  return next && new Ahead(next, { ask: (one, began) => sync(run.link, one, began), after });
}

/** Without a cursor nothing is refused: the epoch alone tells that the server was restored meanwhile (R3). */
function isOfAnotherServer({ standing }: Store, { epoch }: Heard): boolean {
  return standing.epoch !== null && standing.epoch !== epoch;
}

/**
 * After an answer that brought nothing: true if a smaller request is to be tried at once. A body that our server refuses
 * as a whole is halved until the one change that spoils it stands aside (R6).
 */
async function narrowed(
  run: Exchange,
  request: SyncRequest,
  answer: Outcome,
  tookMs: number,
): Promise<boolean> {
  const { pace, store } = run;
  if (!('refused' in answer) || !REFUSED_BODY.has(answer.status)) {
    if (tookMs >= SLOW_MS) pace.share = Math.max(pace.share / 2, SILENT_SHARE_MIN);
    return false;
  }
  const [first, ...others] = request.changes;
  if (!first) return false;
  pace.share = Math.max(pace.share / 2, REFUSED_SHARE_MIN);
  if (others.length === 0) {
    const { setAside } = await import('../store/reset.ts');
    await setAside(store, first.id, answer.refused);
  }
  return true;
}

/** The request for the page after this one, where nothing waits to be sent before it. */
function pageAfter(run: Exchange, request: SyncRequest, page: SyncReply): SyncRequest | null {
  const waiting = run.store.outbox.count('waiting') - request.changes.length;
  if (!('cursor' in page) || !page.more || waiting > 0) return null;
  return { ...emptyRequest(run), cursor: page.cursor };
}

function emptyRequest({ store, device }: Exchange): SyncRequest {
  const { cursor } = store.standing;
  return { protocol: PROTOCOL, schema: SCHEMA, device, cursor, changes: [], rest: false };
}

async function nextRequest(run: Exchange): Promise<SyncRequest> {
  const { store } = run;
  const waiting = store.outbox.waiting();
  const batch = batchOf(waiting, run.pace.share);
  const request = emptyRequest(run);
  request.changes = batch.map((entry) => entry.change);
  request.rest = batch.length < waiting.length;
  const handed = batch.filter((entry) => entry.handed).map((entry) => entry.change.id);
  if (handed.length > 0) request.handed = handed;
  const last = batch.at(-1);
  if (last) await markCarried(store, last.n);
  if (!request.rest) Object.assign(request, run.ask);
  const reads = await readings(store);
  if (reads.length > 0) request.reads = reads;
  return request;
}

function batchOf<T extends { change: unknown }>(waiting: T[], share: number): T[] {
  let bytes = 0;
  const batch: T[] = [];
  for (const entry of waiting) {
    bytes += JSON.stringify(entry.change).length;
    const isFull = bytes > BATCH_BYTES_MAX * share || batch.length >= BATCH_CHANGES_MAX * share;
    if (isFull && batch.length > 0) break;
    batch.push(entry);
  }
  return batch;
}

/** From here on these entries may have arrived, whatever becomes of the answer: they can no longer be taken back. */
async function markCarried(store: Store, n: number): Promise<void> {
  await store.mutate((batch) => {
    if (n <= store.standing.carried) return null;
    const standing = { ...store.standing, carried: n };
    batch.put('state', 'standing', standing);
    return {
      durability: 'relaxed',
      cases: [],
      after: () => {
        store.standing = standing;
      },
    };
  });
}

async function readings(store: Store): Promise<Reading[]> {
  const keys = await store.db.getAllKeys('reads', null, READS_MAX);
  const rows = await store.db.getAll('reads', null, READS_MAX);
  return store.openRows<Reading>('reads', keys, rows);
}

function tell(run: Exchange, request: SyncRequest, atStart: number): void {
  const { standing, outbox } = run.store;
  if (request.changes.length > 0) {
    const total = Math.max(atStart, outbox.saves('waiting'));
    const done = total - outbox.saves('waiting') + 1;
    run.progress({ phase: 'sending', done, total });
  } else {
    run.progress({ phase: 'receiving', done: standing.done, total: standing.total });
  }
}
