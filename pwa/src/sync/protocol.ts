/**
 * The edge to the network: one request, and what its answer was. A reply is ours only if it proves so (W1); a captive
 * portal's page, a cut answer and silence are all *no connection*, and nothing moves.
 */

import { isObject } from '../rules/json.ts';
import type { SyncReply, CallResult, Link, Method } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';
import type { Problem } from '../model/engine.ts';
import { headOf, inRecordBatches } from './record_batches.ts';

export const PROTOCOL = 2;
export const SCHEMA = 1;

/** A network that swallows requests must not be waited for long: the chip clears soon after it is back. */
export const ANSWER_WAIT_MS = 15_000;
/** A page that has begun to come may take its time on a slow network. */
const BODY_WAIT_MS = 60_000;
/** Shorter bodies do not get shorter by packing. */
const PACKED_FROM_BYTES = 1_000;

/** What a body says; null where our server would not have sent it. */
export type BodyReader = (response: Response, isJson: boolean) => unknown;
const json: BodyReader = (response, isJson) => (isJson ? response.json() : null);

/** Sends JSON and reads JSON. `ours` tells whether a body of status 2xx is the one that was asked for. */
export async function call<T>(
  link: Link,
  method: Method,
  path: string,
  body: unknown,
  ours: (body: unknown) => body is T,
  answerWaitMs = ANSWER_WAIT_MS,
  reading = json,
): Promise<CallResult<T>> {
  const patience = new AbortController();
  const give = () => {
    patience.abort();
  };
  let timer = setTimeout(give, answerWaitMs);
  try {
    const request = await requestOf(link, method, body, patience.signal);
    const response = await link.fetch(path, request);
    clearTimeout(timer);
    timer = setTimeout(give, BODY_WAIT_MS);
    const type = response.headers.get('content-type') ?? '';
    const read: unknown = await reading(response, type.includes('json'));
    // Our server says nothing with 204 only: a page with 200 is a captive portal's.
    const isOurs = read !== null || response.status === 204;
    if (response.ok && isOurs && ours(read)) return { ok: read };
    if (!response.ok && isRefusal(read)) {
      const { status } = response;
      return { refused: read.problem, status, retryAfterMs: retryAfterMs(response) };
    }
    return { none: true, status: response.ok ? undefined : response.status };
  } catch {
    return { none: true };
  } finally {
    clearTimeout(timer);
  }
}

/** The exchange. `began` hears what stands before the records as soon as that much has come. */
export function sync(
  link: Link,
  request: SyncRequest,
  began: (head: SyncReply) => void = () => undefined,
): Promise<CallResult<SyncReply>> {
  const ours = isReplyTo(request);
  const reading: BodyReader = async (response, isJson) => {
    if (!isJson) return null;
    const text = await textOf(response, (head) => {
      if (response.ok && ours(head)) began(head);
    });
    return inRecordBatches(text) ?? (JSON.parse(text) as unknown);
  };
  return call(link, 'POST', '/api/sync', request, ours, ANSWER_WAIT_MS, reading);
}

async function textOf({ body }: Response, began: (head: unknown) => void): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body?.getReader();
  let text = '';
  let hasBegun = false;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    const head: unknown = hasBegun ? null : headOf(text);
    if (head) began(head);
    hasBegun ||= head !== null;
  }
  return text + decoder.decode();
}

async function requestOf(
  link: Link,
  method: string,
  body: unknown,
  signal: AbortSignal,
): Promise<RequestInit> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const request: RequestInit = { method, headers, signal };
  request.credentials = 'same-origin';
  request.cache = 'no-store';
  // Our server never sends the exchange elsewhere; a captive portal does.
  request.redirect = 'error';
  if (link.device === undefined) headers['x-csrf-token'] = link.csrf();
  else headers['authorization'] = `Bearer ${link.device}`;
  if (body === undefined) return request;
  headers['content-type'] = 'application/json';
  const text = JSON.stringify(body);
  if (text.length < PACKED_FROM_BYTES) return { ...request, body: text };
  headers['content-encoding'] = 'gzip';
  return { ...request, body: await packed(text) };
}

async function packed(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

export function isRefusal(body: unknown): body is { problem: Problem } {
  if (!isObject(body) || !isObject(body['problem'])) return false;
  return typeof body['problem']['code'] === 'string';
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** [W1] Our protocol, an epoch, and one verdict for every change, in their order. */
export function isReplyTo(request: SyncRequest): (body: unknown) => body is SyncReply {
  return (body): body is SyncReply => {
    if (!isObject(body) || typeof body['protocol'] !== 'number') return false;
    if (typeof body['epoch'] !== 'string' || typeof body['server_time'] !== 'number') return false;
    if (body['reset'] === true) return true;
    if (!Array.isArray(body['touched']) || !isPageOrNone(body)) return false;
    return isOneVerdictEach(body['verdicts'], request);
  };
}

function isPageOrNone({ cursor, files, records }: Record<string, unknown>): boolean {
  if (cursor === undefined) return true;
  return typeof cursor === 'string' && Array.isArray(files) && Array.isArray(records);
}

function isOneVerdictEach(verdicts: unknown, { changes }: SyncRequest): boolean {
  if (!Array.isArray(verdicts) || verdicts.length !== changes.length) return false;
  // The server does not repeat what is no id.
  return changes.every(({ id }, at) => {
    const verdict: unknown = verdicts[at];
    return isObject(verdict) && (verdict['id'] === id || verdict['id'] === '');
  });
}
