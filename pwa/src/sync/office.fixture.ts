/**
 * A small office for the device's tests: the edge of the network, with its faults. It merges with the device's own
 * rules, which the vectors bind to the server's; the real server meets the real engine in the browser tests.
 */

import { parse, write, rank } from '../rules/clock.ts';
import { apply, differs, empty, pack, type Change, type State } from '../rules/merge.ts';
import { digest } from '../rules/digest.ts';
import { PIN_TRIES_MAX } from '../rules/constants.ts';
import { changeFault, isId, readFault } from '../rules/shape.ts';
import type { WireRecord } from '../store/records.ts';
import { isSignedBy } from '../store/vault_session.fixture.ts';
import type { FileEvent, Verdict } from './messages.ts';
import type { RefusedItem, SyncRequest } from '../model/outgoing.ts';

/** What may happen to one request. `lost`: it arrives, the answer does not. */
export type Fault =
  | 'silence'
  | 'lost'
  | 'portal'
  /** what stands before the server answers in its place */
  | { proxy: number }
  | { status: number; code: string; retryAfter?: number }
  | ((request: SyncRequest) => Promise<void>);

interface Stored {
  seq: number;
  id: string;
  kind: string;
  case: string;
  state: State;
}

export const ORGANISATION = 'org-north';
const CSRF = 'csrf-value';

interface Signature {
  session?: string;
  n?: number;
  signature: string;
}

export class Office {
  epoch = 'epoch-1';
  backedUpSeq = 0;
  pageRecords = 50;
  logPageEntries = 50;
  password = 'Kuusi-Petäjä-7';
  production = false;
  /** what becomes of the next requests to the exchange, in order; then all is well */
  faults: Fault[] = [];
  /** change ids to refuse, hold, with the problem's code */
  refusals = new Map<string, string>();
  lostAccess = new Set<string>();
  readonly requests: SyncRequest[] = [];
  readonly reads: unknown[] = [];
  readonly logRequests: { case: string; after: number }[] = [];
  readonly records = new Map<string, Stored>();
  readonly taken = new Map<string, { change: Change; seq: number; author: string }>();
  nextFiles: FileEvent[] = [];
  sessionIsOver = false;
  refreshes = 0;
  /** what a refresh is answered with gets lost on the way */
  losesRefresh = false;
  /** ends that were signed by their session's key, and those that were not */
  signOuts = 0;
  refusedSignOuts = 0;
  /** what is asked of `/api/session/end` while the server cannot */
  isBusy = false;
  locks = 0;
  /** paths that were asked with the header, and those that were asked without */
  readonly withHeader = new Set<string>();
  readonly withoutHeader = new Set<string>();
  /** deadline of the check-in that is on, as the server says it */
  checkInDeadline: string | null = null;
  /** [J14] by device */
  readonly pins = new Map<string, { proof: string; share: string; tries: number }>();
  mayPinBeOffline = false;
  /** what locked devices asked, by the credential they gave */
  readonly lockedAsked: string[] = [];
  readonly sessions = new Map<string, { key: string; last: number; isOver: boolean }>();
  readonly credentials = new Map<string, string>();
  isReachable = true;
  /** a release that refuses a whole body for one item that is malformed */
  isOld = false;
  /** what a body may not hold, for whatever reason: `fault` answers it then */
  poison: { text: string; fault: Fault } | null = null;
  /** the phone that speaks is to be wiped */
  isStolen = false;
  /** its session says nothing of that any more */
  hasEndedBeforeTheWipe = false;
  readonly wiped: string[] = [];
  /** [J9] codes that signing in takes, each once; null: none is asked for */
  codes: string[] | null = null;
  /** [J14] a share is kept here, and the answer that brings it never arrives */
  losesPinOffers = false;
  /** [J15] of returns from another provider */
  readonly tickets = new Set<string>();
  #signed: Record<string, unknown> = {};
  #seq = 0;
  readonly #arrived = new Set<string>();

  readonly fetch: typeof fetch = async (input, init) => {
    const path = input instanceof Request ? input.url : input.toString();
    if (!this.isReachable) throw new TypeError('Failed to fetch');
    const headers = new Headers(init?.headers);
    const body = await bodyOf(init);
    if (path === '/api/session/end') return this.#end(body as Signature);
    if (/^\/api\/device(\/|$)/.test(path)) return this.#locked(path, headers);
    if (path === '/api/pin' && init?.method === 'POST') return this.#tryPin(headers, body);
    if (this.isStolen && this.hasEndedBeforeTheWipe) return problem(401, 'sign_in_needed');
    if (this.isStolen) return problem(403, 'device_wiped');
    if (path === '/api/session') return this.#signIn(body);
    if (path === '/api/session/providers/session') return this.#signInBy(body);
    const hasHeader = headers.get('x-csrf-token') === CSRF;
    (hasHeader ? this.withHeader : this.withoutHeader).add(path);
    if (!hasHeader) return problem(401, 'csrf_failed');
    if (path === '/api/pin') return this.#pin(init?.method ?? 'GET', body);
    if (path === '/api/session/lock') return this.#lock();
    if (path === '/api/session/refresh') return this.#refresh(body as Signature);
    if (path === '/api/password') return new Response(null, { status: 204 });
    if (path === '/api/sync') return this.#sync(body as SyncRequest);
    const log = /^\/api\/cases\/([^/]+)\/history\?after=(-?\d+)$/.exec(path);
    if (log) return this.#logPage(log[1] ?? '', Number(log[2]));
    return problem(404, 'not_found');
  };

  /** A colleague's change, applied at once. */
  write(change: Omit<Change, 'seen' | 'at'> & Partial<Change>, author = 'liisa'): number {
    const at =
      change.at ?? write({ time_ms: Date.now(), counter: this.#seq, node: '0'.repeat(12) });
    return this.#apply({ seen: {}, ...change, at }, author);
  }

  /** An empty backup was put in the database's place. */
  restoreFromNothing(epoch: string): void {
    this.epoch = epoch;
    this.#seq = 0;
    this.records.clear();
    this.taken.clear();
    this.#arrived.clear();
  }

  wire({ seq, id, kind, case: caseId, state }: Stored): WireRecord {
    return { seq, id, kind, case: caseId, ...pack(state) };
  }

  #apply(change: Change, author: string): number {
    const { record: id, kind, case: caseId } = change;
    const known = this.records.get(id) ?? { id, kind, case: caseId, seq: 0, state: empty() };
    const received = write({ time_ms: Date.now(), counter: 0, node: 'f'.repeat(12) });
    const state = apply(known.state, change, rank(change.at, received), author, this.#arrived);
    this.#arrived.add(change.id);
    this.#seq += 1;
    this.records.set(id, { ...known, state, seq: this.#seq });
    this.taken.set(change.id, { change, seq: this.#seq, author });
    return this.#seq;
  }

  /** [J15] The ticket of `aino` is good once. */
  #signInBy(body: unknown): Response {
    const { ticket, ...more } = body as { ticket: string };
    if (!this.tickets.delete(ticket)) return problem(403, 'provider_refused');
    return this.#signIn({ ...more, name: 'aino', password: this.password });
  }

  #signIn(body: unknown): Response {
    const given = body as {
      name: string;
      password: string;
      code?: string;
      key: string;
      device: { id: string; credential: string };
    };
    if (given.password !== this.password) return problem(401, 'sign_in_failed');
    if (this.codes && given.code === undefined) return problem(403, 'second_factor_needed');
    if (this.codes?.shift() !== given.code) return problem(401, 'second_factor_wrong');
    this.sessionIsOver = false;
    const session = `session-${this.sessions.size + 1}`;
    this.sessions.set(session, { key: given.key, last: 0, isOver: false });
    this.credentials.set(`${given.device.id}.${given.device.credential}`, given.device.id);
    this.#signed = {
      session,
      user: given.name,
      organisation: ORGANISATION,
      production: this.production,
      device: given.device.id,
      csrf: CSRF,
    };
    return json(this.#signed);
  }

  /** [J2] By the key of the session that signed in last, whose cookies the browser holds. */
  async #refresh({ n = 0, signature }: Signature): Promise<Response> {
    const session = this.#signed['session'] as string;
    const known = this.sessions.get(session);
    const isSigned = await this.#isSigned(session, `ovikello refresh\n${session}\n${n}`, signature);
    if (!known || !isSigned || this.password === '') return problem(401, 'sign_in_needed');
    if (n < known.last) return problem(401, 'session_ended_for_safety');
    known.last = n;
    this.refreshes += 1;
    if (this.losesRefresh) throw new TypeError('Failed to fetch');
    this.sessionIsOver = false;
    return json(this.#signed);
  }

  #lock(): Response {
    this.locks += 1;
    this.sessionIsOver = true;
    return new Response(null, { status: 204 });
  }

  async #end({ session = '', signature }: Signature): Promise<Response> {
    if (this.isBusy) return problem(503, 'try_later');
    const known = this.sessions.get(session);
    if (known && !(await this.#isSigned(session, `ovikello end\n${session}`, signature))) {
      this.refusedSignOuts += 1;
      return problem(403, 'not_allowed');
    }
    if (known && !known.isOver) this.signOuts += 1;
    if (known) known.isOver = true;
    return new Response(null, { status: 204 });
  }

  #isSigned(session: string, statement: string, signature: string): Promise<boolean> {
    return isSignedBy(this.sessions.get(session)?.key ?? '', statement, signature);
  }

  /** [J5] */
  #locked(path: string, headers: Headers): Response {
    const credential = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    this.lockedAsked.push(credential);
    const device = this.credentials.get(credential);
    if (device === undefined) return problem(401, 'sign_in_needed');
    if (path === '/api/device/wiped') {
      this.wiped.push(device);
      return new Response(null, { status: 204 });
    }
    if (this.isStolen) return problem(403, 'device_wiped');
    const check_in = this.checkInDeadline === null ? null : { deadline: this.checkInDeadline };
    return json({ check_in, server_time: new Date().toISOString() });
  }

  /** [J14] */
  #pin(method: string, body: unknown): Response {
    const device = this.#signed['device'] as string;
    if (method === 'GET') return json({ may_be_offline: this.mayPinBeOffline });
    this.pins.delete(device);
    if (method === 'DELETE') return new Response(null, { status: 204 });
    const { proof = '' } = body as { proof?: string };
    if (!/^[\w-]{43}$/.test(proof)) return problem(422, 'fields_invalid');
    if (this.mayPinBeOffline) return json({ share: null });
    const share = `share-${Math.random()}`;
    this.pins.set(device, { proof, share, tries: 0 });
    if (this.losesPinOffers) throw new TypeError('Failed to fetch');
    return json({ share });
  }

  /** [J5, J14] */
  #tryPin(headers: Headers, body: unknown): Response {
    const credential = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    const device = this.credentials.get(credential);
    if (device === undefined) return problem(401, 'sign_in_needed');
    const pin = this.pins.get(device);
    if (!pin) return json({ share: null, tries_left: 0 });
    if ((body as { proof: string }).proof === pin.proof) {
      pin.tries = 0;
      return json({ share: pin.share, tries_left: PIN_TRIES_MAX });
    }
    pin.tries += 1;
    if (pin.tries >= PIN_TRIES_MAX) this.pins.delete(device);
    return json({ share: null, tries_left: PIN_TRIES_MAX - pin.tries });
  }

  async #sync(request: SyncRequest): Promise<Response> {
    this.requests.push(request);
    const { poison } = this;
    const isPoisoned = poison !== null && JSON.stringify(request).includes(poison.text);
    const fault = isPoisoned ? poison.fault : this.faults.shift();
    if (fault === 'silence') throw new TypeError('Failed to fetch');
    if (fault === 'portal') return portal();
    if (typeof fault === 'object' && 'proxy' in fault) return portal(fault.proxy);
    if (typeof fault === 'function') await fault(request);
    else if (typeof fault === 'object') return problem(fault.status, fault.code, fault.retryAfter);
    if (this.sessionIsOver) return problem(401, 'sign_in_needed');
    let reply: Record<string, unknown>;
    try {
      reply = this.reply(request);
    } catch (error) {
      const { status, code } = error as { status: number; code: string };
      return problem(status, code);
    }
    if (fault === 'lost') throw new TypeError('Failed to fetch');
    return json(reply);
  }

  reply(request: SyncRequest): Record<string, unknown> {
    const said = { protocol: 2, epoch: this.epoch, server_time: Date.now() };
    const from = cursorOf(request.cursor);
    if (from.epoch !== null && from.epoch !== this.epoch) return { ...said, reset: true };
    const refused = refusedIn(request);
    const malformed = request.changes.filter((change) => changeFault(change) !== null);
    if (this.isOld && refused.length + malformed.length > 0)
      throw Object.assign(new Error(), { status: 400, code: 'body_malformed' });
    this.reads.push(...(request.reads ?? []).filter((read) => readFault(read) === null));
    const verdicts = request.changes.map((change) => this.#verdict(change, request.escalated));
    const records = new Set(request.changes.map((change) => change.record));
    const touched = [...this.records.values()].filter(
      ({ id, case: caseId }) => records.has(id) && !this.lostAccess.has(caseId),
    );
    const brought = {
      ...said,
      backed_up_seq: this.backedUpSeq,
      verdicts,
      refused,
      touched: touched.map((one) => this.wire(one)),
    };
    return request.more_follow ? brought : { ...brought, ...this.#page(from.seq, request) };
  }

  #verdict(change: Change, escalated: string[] = []): Verdict {
    const { id } = change;
    const fault = changeFault(change);
    if (fault) return { id: isId(id) ? id : '', verdict: 'refused', problem: { code: fault } };
    const code = this.refusals.get(id);
    if (code !== undefined) {
      const verdict = escalated.includes(id) ? 'in_review' : 'refused';
      return { id, verdict, problem: { code } };
    }
    if (this.lostAccess.has(change.case)) return { id, verdict: 'in_review' };
    const before = this.taken.get(id);
    if (before) return { id, verdict: 'duplicate', seq: before.seq };
    const seq = this.#apply(change, 'aino');
    const fields = this.records.get(change.record)?.state.fields ?? {};
    const isAlone = Object.keys(change.set).every((path) => !differs(fields[path] ?? []));
    return { id, verdict: isAlone ? 'applied' : 'conflict', seq };
  }

  /** [L6] */
  #logPage(caseId: string, after: number): Response {
    this.logRequests.push({ case: caseId, after });
    if (this.lostAccess.has(caseId)) return problem(404, 'not_found');
    const lines = [...this.taken.values()]
      .filter(({ change }) => change.case === caseId)
      .map(({ change, author }, index) => {
        const { id, record, at, set } = change;
        const at_ms = parse(at).time_ms;
        return { index, entry: { change: id, record, at_ms, received_ms: at_ms, author, set } };
      });
    const page = lines.filter(({ index }) => index > after).slice(0, this.logPageEntries);
    const last = page.at(-1)?.index ?? after;
    const next = last < lines.length - 1 ? last : null;
    return json({ entries: page.map(({ entry }) => entry), last, next });
  }

  #digestOf(caseId: string): FileEvent {
    const own = [...this.records.values()].filter((one) => one.case === caseId);
    const states = own.map(({ id, state }) => [id, state] as const);
    const seq = Math.max(0, ...own.map((one) => one.seq));
    return { case: caseId, event: 'check', class: 'file', digest: digest(states), seq };
  }

  #page(after: number, { check = [], repair = [] }: SyncRequest): Record<string, unknown> {
    for (const caseId of repair) {
      this.nextFiles.push({ case: caseId, event: 'purge' }, { case: caseId, event: 'backfill' });
    }
    for (const caseId of check) this.nextFiles.push(this.#digestOf(caseId));
    const isWanted = ({ seq, case: caseId }: Stored) => seq > after || repair.includes(caseId);
    const newer = [...this.records.values()]
      .filter((one) => isWanted(one) && !this.lostAccess.has(one.case))
      .sort((a, b) => a.seq - b.seq);
    const page = newer.slice(0, this.pageRecords);
    const more = newer.length > page.length;
    const seq = more ? (page.at(-1)?.seq ?? after) : this.#seq;
    const files = this.nextFiles.splice(0);
    const records = page.map((one) => this.wire(one));
    const progress = more || after === 0 ? { done: page.length, total: newer.length } : null;
    return { files, records, cursor: `${this.epoch}/${seq}`, more, progress };
  }
}

/** [W14] */
function refusedIn({ reads = [], check = [], repair = [] }: SyncRequest): RefusedItem[] {
  const idFault = (id: string) => (isId(id) ? null : 'item_malformed');
  const faults = {
    reads: reads.map(readFault),
    check: check.map(idFault),
    repair: repair.map(idFault),
  };
  return Object.entries(faults).flatMap(([list, codes]) =>
    codes.flatMap((code, index) =>
      code ? [{ list: list as RefusedItem['list'], index, problem: { code } }] : [],
    ),
  );
}

function cursorOf(cursor: string | null): { epoch: string | null; seq: number } {
  if (cursor === null) return { epoch: null, seq: 0 };
  const [epoch = '', seq = ''] = cursor.split('/');
  return { epoch, seq: Number(seq) };
}

async function bodyOf(init: RequestInit | undefined): Promise<unknown> {
  const { body } = init ?? {};
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return JSON.parse(body);
  const stream = new Blob([body as ArrayBuffer]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream('gzip'))).json();
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

function problem(status: number, code: string, retryAfter?: number): Response {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return json({ problem: { code } }, status, headers);
}

/** What a hotel answers to everything. */
function portal(status = 200): Response {
  const page = '<!doctype html><title>Tervetuloa</title>';
  return new Response(page, { status, headers: { 'content-type': 'text/html' } });
}
