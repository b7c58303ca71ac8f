/** What waits for a supervisor (S4, S7): read and decided over the network only, and kept nowhere here. */

import { parse } from '../rules/clock.ts';
import type { Change } from '../rules/merge.ts';
import type { ReviewEntry, ReviewPage, Problem } from '../model/engine.ts';
import { problemOf } from './session.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';
import type { Link, Verdict } from './messages.ts';

interface WireReviewEntry {
  author: string;
  received: string;
  change: Change;
  problem: Problem | null;
}

/** A page of them, the oldest first. */
export async function reviewPage(
  link: Link,
  after: string,
): Promise<ReviewPage | Problem | 'no_connection'> {
  const path = `/api/review-queue?after=${encodeURIComponent(after)}`;
  const answer = await call(link, 'GET', path, undefined, isReviewPage);
  if (!('ok' in answer)) return problemOf(answer);
  return { entries: answer.ok.entries.map(entryOf), next: answer.ok.next };
}

/** Null once it is decided; else why it could not be taken in, and it goes on waiting. */
export async function decideReview(
  link: Link,
  change: string,
  decision: 'release' | 'reject',
): Promise<Problem | 'no_connection' | null> {
  const path = `/api/review-queue/${encodeURIComponent(change)}/${decision}`;
  const answer = await call(link, 'POST', path, undefined, isDecided);
  if (!('ok' in answer)) return problemOf(answer);
  return answer.ok?.verdict === 'refused' ? (answer.ok.problem ?? { code: 'internal' }) : null;
}

function entryOf({ author, received, change, problem }: WireReviewEntry): ReviewEntry {
  const { id, record, kind, case: caseId, set } = change;
  const entry: ReviewEntry = {
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

function isReviewPage(body: unknown): body is { entries: WireReviewEntry[]; next: string | null } {
  return isObject(body) && Array.isArray(body['entries']) && 'next' in body;
}

function isDecided(body: unknown): body is Verdict | null {
  return body === null || (isObject(body) && typeof body['verdict'] === 'string');
}
