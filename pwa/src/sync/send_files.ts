/**
 * [X6] Sends photos and documents by tus 1.0, one after another, once their entries have been sent. It asks the server how
 * far each is and goes on from there; nothing of that is stored here, so a kill costs a piece at most.
 */

import type { Problem } from '../model/engine.ts';
import type { Bytes } from '../model/keys.ts';
import {
  bytesOf,
  dropUpload,
  markKept,
  markRefused,
  noteProblem,
  waitingUploads,
  type StoredUpload,
} from '../store/attachments.ts';
import type { Store } from '../store/store.ts';
import type { Through } from './fetch_attached.ts';
import type { CallResult, Link } from './messages.ts';
import { isRefusal } from './protocol.ts';

const TUS = '1.0.0';
const AT = '/api/attachments';
const PIECE_BYTES = 256 * 1024;
/** a piece on a slow network */
const WAIT_MS = 60_000;
/** as often a file is sent that was damaged on its way */
const TRIES_MAX = 3;

/** Refused for good, whoever sends it and whenever. */
const FOR_GOOD = new Set([
  'attachment_type',
  'attachment_too_large',
  'attachment_damaged',
  'attachment_malware',
]);
/** One file's matter; the others go on. */
const OF_ONE = new Set(['not_found', 'attachment_quota', 'upload_malformed']);

interface HowFar {
  offset: number;
  /** the seq of a file that is kept */
  kept: number | null;
}

/** True where something is left that a moment may cure. */
export async function sendFiles(store: Store, through: Through): Promise<boolean> {
  for (const upload of await waitingUploads(store)) {
    if (!(await isItsTurn(store, upload))) continue;
    const content = await bytesOf(store, upload.record);
    if (content === null) {
      await dropUpload(store, upload);
      continue;
    }
    const answer = await sent(through, upload.record, content);
    if ('ok' in answer && answer.ok.kept !== null) await markKept(store, upload, answer.ok.kept);
    else if ('refused' in answer && FOR_GOOD.has(answer.refused.code))
      await markRefused(store, upload, answer.refused);
    else if ('refused' in answer && OF_ONE.has(answer.refused.code))
      await noteRefusal(store, upload, answer.refused);
    else return !('refused' in answer) || answer.refused.code === 'try_later';
  }
  return false;
}

/** Its entry goes first. One that is not here any more was taken back, unless its case file went with it (R7). */
async function isItsTurn(store: Store, upload: StoredUpload): Promise<boolean> {
  if (store.outbox.ofRecord(upload.record).some(({ state }) => state !== 'acknowledged'))
    return false;
  const isHere = (await store.record(upload.case, upload.record)) !== null;
  if (isHere || !store.index.has(upload.case)) return true;
  await dropUpload(store, upload);
  return false;
}

/** That the record is not there yet is said by its entry, which waits for a supervisor. */
async function noteRefusal(store: Store, upload: StoredUpload, problem: Problem): Promise<void> {
  if (problem.code !== 'not_found') await noteProblem(store, upload, problem);
}

async function sent(through: Through, record: string, content: Bytes): Promise<CallResult<HowFar>> {
  let far = await through((link) => howFar(link, record));
  if (isCode(far, 'not_found')) far = await through((link) => begin(link, record, content.length));
  for (let tries = 1; 'ok' in far && far.ok.kept === null;) {
    const { offset } = far.ok;
    far = await through((link) => append(link, record, offset, content));
    if (isCode(far, 'upload_offset')) far = await through((link) => howFar(link, record));
    // An upload that stands still, or holds more than there is, would be asked for ever.
    if ('ok' in far && far.ok.kept === null && !isAhead(far.ok.offset, offset, content))
      return { none: true };
    if (isCode(far, 'attachment_damaged') && (tries += 1) <= TRIES_MAX)
      far = await through((link) => begin(link, record, content.length));
  }
  return far;
}

const isAhead = (offset: number, before: number, content: Bytes) =>
  offset > before && offset <= content.length;

function isCode(answer: CallResult<unknown>, code: string): boolean {
  return 'refused' in answer && answer.refused.code === code;
}

function howFar(link: Link, record: string): Promise<CallResult<HowFar>> {
  return tus(link, 'HEAD', `${AT}/${record}`);
}

function begin(link: Link, record: string, length: number): Promise<CallResult<HowFar>> {
  const said = { 'upload-length': String(length), 'upload-metadata': `record ${btoa(record)}` };
  return tus(link, 'POST', AT, said);
}

function append(
  link: Link,
  record: string,
  offset: number,
  content: Bytes,
): Promise<CallResult<HowFar>> {
  const said = {
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
  };
  return tus(link, 'PATCH', `${AT}/${record}`, said, content.slice(offset, offset + PIECE_BYTES));
}

/** One request. Only an answer that says our version of tus is ours: a captive portal's page is none (W1). */
async function tus(
  link: Link,
  method: string,
  path: string,
  said: Record<string, string> = {},
  body?: Bytes,
): Promise<CallResult<HowFar>> {
  const headers = { ...said, 'tus-resumable': TUS, 'x-csrf-token': link.csrf() };
  try {
    const response = await link.fetch(path, {
      method,
      headers,
      ...(body ? { body } : {}),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(WAIT_MS),
    });
    return await answerOf(response, method);
  } catch {
    return { none: true };
  }
}

async function answerOf(response: Response, method: string): Promise<CallResult<HowFar>> {
  const { status, headers } = response;
  if (response.ok) {
    const offset = Number(headers.get('upload-offset') ?? Number.NaN);
    if (headers.get('tus-resumable') !== TUS || !Number.isSafeInteger(offset))
      return { none: true };
    const kept = headers.get('upload-kept');
    return { ok: { offset, kept: kept === null ? null : Number(kept) } };
  }
  // An answer to HEAD has no body: what it refuses with is told by its status.
  const code = method === 'HEAD' ? ofHead[status] : undefined;
  const body: unknown = code ? { problem: { code } } : await response.json();
  if (!isRefusal(body)) return { none: true, status };
  return { refused: body.problem, status, retryAfterMs: null };
}

const ofHead: Record<number, string> = {
  401: 'sign_in_needed',
  404: 'not_found',
  406: 'attachment_malware',
  415: 'attachment_type',
  422: 'attachment_damaged',
};
