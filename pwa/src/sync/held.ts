/** What waits for a supervisor (S4, S7): read and decided over the network only, and kept nowhere here. */

import { parse } from '../rules/clock.ts';
import type { Change } from '../rules/merge.ts';
import type { HeldEntry, Problem } from '../store/engine.ts';
import { problemOf } from './session.ts';
import { call, isObject, type Link, type Verdict } from './wire.ts';

interface WireHeld {
  author: string;
  received: string;
  change: Change;
  problem: Problem | null;
}

/** The oldest first. */
export async function heldEntries(link: Link): Promise<HeldEntry[] | Problem | 'no_connection'> {
  const answer = await call(link, 'GET', '/api/held', undefined, isHeld);
  return 'ok' in answer ? answer.ok.held.map(entryOf) : problemOf(answer);
}

/** Null once it is decided; else why it could not be taken in, and it goes on waiting. */
export async function decideHeld(
  link: Link,
  change: string,
  decision: 'release' | 'reject',
): Promise<Problem | 'no_connection' | null> {
  const path = `/api/held/${encodeURIComponent(change)}/${decision}`;
  const answer = await call(link, 'POST', path, undefined, isDecided);
  if (!('ok' in answer)) return problemOf(answer);
  return answer.ok?.verdict === 'refused' ? (answer.ok.problem ?? { code: 'internal' }) : null;
}

function entryOf({ author, received, change, problem }: WireHeld): HeldEntry {
  const { id, record, kind, case: caseId, set } = change;
  const entry: HeldEntry = {
    id,
    record,
    kind,
    case: caseId,
    set,
    author,
    received: parse(received).time_ms,
  };
  return problem ? { ...entry, problem } : entry;
}

function isHeld(body: unknown): body is { held: WireHeld[] } {
  return isObject(body) && Array.isArray(body['held']);
}

function isDecided(body: unknown): body is Verdict | null {
  return body === null || (isObject(body) && typeof body['verdict'] === 'string');
}
