/**
 * [R12] A body was refused as a whole: by an older release of the server, by a proxy or a filter before it, or because the
 * server falls over it. First it is seen whether a request without anything of ours gets through. If it does, one list
 * after the other is sent alone and halved, until the one item that spoils it stands alone, and then in quarantine.
 */

import { BATCH_CHANGES_MAX, READS_MAX } from '../rules/constants.ts';
import { quarantine } from '../store/quarantine.ts';
import type { Bisection, Exchange, Outcome } from './exchange_state.ts';
import type { SyncRequest } from '../model/outgoing.ts';

/** statuses by which our server refuses a body as a whole */
const REFUSED_BODY = new Set([400, 413, 422]);
/** With these whatever stands between us and the server says that it refuses any body, or this one for now only. */
const NOT_OF_A_BODY = new Set([401, 407, 408, 425, 429]);
/** So often in a row the server has to fall over a body before the body is doubted. */
const BROKEN_MIN = 3;
/** as many items as the longest list may have */
const ITEMS_MAX = Math.max(BATCH_CHANGES_MAX, READS_MAX);

type Refused = Exclude<Outcome, { done: true }>;

/** Whether another request is to be tried at once. */
export async function isBisected(
  run: Exchange,
  request: SyncRequest,
  answer: Refused,
): Promise<boolean> {
  const { batching, bisection } = run;
  const { changes, reads = [], check = [], repair = [] } = request;
  const count = changes.length + reads.length + check.length + repair.length;
  if (!isOfTheBody(run, answer) || count === 0) return false;
  if (!bisection?.passed) run.bisection = { passed: false };
  else if (count === 1) await blame(run, request, answer);
  else batching.share = Math.max(Math.min(batching.share, count / ITEMS_MAX) / 2, 1 / ITEMS_MAX);
  return true;
}

function isOfTheBody({ batching, bisection }: Exchange, answer: Refused): boolean {
  const { status = 0 } = answer;
  if ('none' in answer) return status >= 400 && status < 500 && !NOT_OF_A_BODY.has(status);
  if (status !== 500) return REFUSED_BODY.has(status);
  batching.broken = (batching.broken ?? 0) + 1;
  return bisection?.passed === true || batching.broken >= BROKEN_MIN;
}

/** Of the next request one list only, at first none: in the order in which they would go anyhow. */
export function oneList(request: SyncRequest, { passed }: Bisection, share: number): SyncRequest {
  const { changes, escalated, reads, check, repair, ...rest } = request;
  const portion = <T>(items: T[]) => items.slice(0, Math.max(1, Math.floor(ITEMS_MAX * share)));
  const alone = { ...rest, changes: [], more_follow: true };
  if (!passed) return alone;
  if (changes.length > 0) {
    const isLast = !request.more_follow && !reads && !check && !repair;
    return { ...alone, changes, ...(escalated && { escalated }), more_follow: !isLast };
  }
  // Those that are left of a list come with the request after the last one of it.
  if (reads) return { ...alone, reads: portion(reads) };
  if (check) return { ...alone, check: portion(check), more_follow: false };
  if (repair) return { ...alone, repair: portion(repair), more_follow: false };
  return request;
}

/** The one item of a request that was refused, while one without it has passed. */
async function blame(run: Exchange, request: SyncRequest, answer: Refused): Promise<void> {
  const code = answer.status === 413 ? 'body_too_large' : 'body_malformed';
  const problem = 'refused' in answer ? answer.refused : { code };
  const changes = request.changes.map(({ id }) => id);
  const faulty = <T>(items: T[] = []) => items.map((item): [T, typeof problem] => [item, problem]);
  await quarantine(run.store, faulty(changes), faulty(request.reads));
  run.ask?.asked(request);
}
