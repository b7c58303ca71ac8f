/**
 * The exchange: one request at a time until nothing waits here and nothing is new there (R2). Own entries go first, in
 * batches bounded by bytes; the pages follow the last batch. While pages are sealed the next ones are already asked for.
 */

import type { Store } from '../store/store.ts';
import { applyReply } from './apply/apply_reply.ts';
import { PagePrefetch, type Exchanged, type Steps } from './page_prefetch.ts';
import { PROTOCOL, SCHEMA, sync } from './protocol.ts';
import type { Exchange, Outcome } from './exchange_state.ts';
import type { Heard, SyncReply } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';

/** No answer within this time tells that there is no network, and nothing of the batch's size. */
const SLOW_MS = 3_000;
/** Silence may be a slow network: batches shrink, but not to nothing. */
const SILENT_SHARE_MIN = 1 / 64;

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
  let prefetch: PagePrefetch | null = null;
  let came: Exchanged = await asked(run, atStart);
  try {
    for (;;) {
      const { request, answer, tookMs = 0 } = came;
      if (!('ok' in answer)) {
        if (!(await narrowed(run, request, answer, tookMs))) return answer;
      } else {
        run.batching.share = Math.min(run.batching.share * 2, 1);
        run.batching.broken = 0;
        if (run.bisection) run.bisection.passed = true;
        const reply = answer.ok;
        run.protocol = reply.protocol;
        if ('reset' in reply || isOfAnotherServer(store, reply)) {
          const { applyReset } = await import('./apply/reset.ts');
          await applyReset(store, request, reply);
        } else {
          prefetch ??= pagesAfter(run, request, reply);
          const taken = await applyReply(store, request, reply);
          if (taken && !request.more_follow && 'files' in reply) {
            run.heard?.(reply.files);
            run.ask?.asked(request);
          }
          const next: Exchanged | null = taken && prefetch ? await prefetch.next() : null;
          if (next) {
            tell(run, next.request, atStart);
            came = next;
            continue;
          }
          const isAllSent = taken && !request.more_follow && store.outbox.count('waiting') === 0;
          if (isAllSent && !('cursor' in reply)) return deviceRevoked;
          if (isAllSent && 'cursor' in reply && !reply.more && !run.ask?.isLeft)
            return { done: true };
        }
      }
      await prefetch?.stop();
      prefetch = null;
      came = await asked(run, atStart);
    }
  } finally {
    await prefetch?.stop();
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
function pagesAfter(run: Exchange, request: SyncRequest, reply: SyncReply): PagePrefetch | null {
  const after: Steps['after'] = (last, page) => pageAfter(run, last, page);
  const next = after(request, reply);
  return next && new PagePrefetch(next, { ask: (one, began) => sync(run.link, one, began), after });
}

/** Without a cursor nothing is refused: the epoch alone tells that the server was restored meanwhile (R3). */
function isOfAnotherServer({ syncState }: Store, { epoch }: Heard): boolean {
  return syncState.epoch !== null && syncState.epoch !== epoch;
}

/** After an answer that brought nothing: true if another request is to be tried at once. */
async function narrowed(
  run: Exchange,
  request: SyncRequest,
  answer: Outcome,
  tookMs: number,
): Promise<boolean> {
  if ('status' in answer && answer.status) {
    const { isBisected } = await import('./bisect.ts');
    if (await isBisected(run, request, answer)) return true;
  }
  if (tookMs >= SLOW_MS) run.batching.share = Math.max(run.batching.share / 2, SILENT_SHARE_MIN);
  return false;
}

/** The request for the page after this one, where nothing waits to be sent before it. */
function pageAfter(run: Exchange, request: SyncRequest, page: SyncReply): SyncRequest | null {
  const waiting = run.store.outbox.count('waiting') - request.changes.length;
  if (run.bisection) return null;
  if (!('cursor' in page) || !page.more || waiting > 0) return null;
  return { ...emptyRequest(run), cursor: page.cursor };
}

function emptyRequest({ store, device }: Exchange): SyncRequest {
  const { cursor } = store.syncState;
  return { protocol: PROTOCOL, schema: SCHEMA, device, cursor, changes: [], more_follow: false };
}

async function nextRequest(run: Exchange): Promise<SyncRequest> {
  const { store, batching, bisection } = run;
  const { sendable } = await import('./sendable.ts');
  const { batch, reads } = await sendable(store, batching.share);
  const request = emptyRequest(run);
  request.changes = batch.map((entry) => entry.change);
  const escalated = batch.filter((entry) => entry.escalated).map((entry) => entry.change.id);
  if (escalated.length > 0) request.escalated = escalated;
  request.more_follow = batch.length < store.outbox.count('waiting');
  if (!request.more_follow) Object.assign(request, run.ask?.next());
  if (reads.length > 0) request.reads = reads;
  const sent = bisection
    ? (await import('./bisect.ts')).oneList(request, bisection, batching.share)
    : request;
  const last = batch.at(-1);
  if (last && sent.changes.length > 0) await markCarried(store, last.n);
  return sent;
}

/** From here on these entries may have arrived, whatever becomes of the answer: they can no longer be taken back. */
async function markCarried(store: Store, n: number): Promise<void> {
  await store.mutate((batch) => {
    if (n <= store.syncState.lastSentCounter) return null;
    const syncState = { ...store.syncState, lastSentCounter: n };
    batch.put('state', 'standing', syncState);
    return {
      durability: 'relaxed',
      cases: [],
      after: () => {
        store.syncState = syncState;
      },
    };
  });
}

function tell(run: Exchange, request: SyncRequest, atStart: number): void {
  const { syncState, outbox } = run.store;
  if (request.changes.length > 0) {
    const total = Math.max(atStart, outbox.saves('waiting'));
    const done = total - outbox.saves('waiting') + 1;
    run.progress({ phase: 'sending', done, total });
  } else {
    run.progress({ phase: 'receiving', done: syncState.done, total: syncState.total });
  }
}
