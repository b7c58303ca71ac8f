/** The log, page by page: of one record (L4), and of a whole case file for the coming days (L6). */

import { parse } from '../rules/clock.ts';
import type { Json } from '../rules/json.ts';
import type { HistoryEntry } from '../model/engine.ts';
import { isObject } from '../rules/json.ts';
import { call } from './protocol.ts';
import type { CallResult, Link } from './messages.ts';

interface LogEntry {
  change: string;
  at: string;
  received: string;
  author: string;
  set: Record<string, Json>;
}

interface LogPage {
  entries: LogEntry[];
  /** after which the next page begins; null on the last */
  next: number | null;
}

/** A line of a case file's log; times in milliseconds since 1970. */
export interface FileLogEntry {
  change: string;
  record: string;
  at_ms: number;
  received_ms: number;
  author: string;
  set: Record<string, Json>;
}

export interface FileLogPage {
  entries: FileLogEntry[];
  /** after which later entries follow */
  last: number;
  next: number | null;
}

const PAGES_MAX = 50;

/** All entries, newest first; null without a connection, or where the record may not be read. */
export async function readHistory(
  link: Link,
  caseId: string,
  recordId: string,
): Promise<HistoryEntry[] | null> {
  const entries: HistoryEntry[] = [];
  let after = -1;
  for (let page = 0; page < PAGES_MAX; page++) {
    const path = `/api/cases/${caseId}/records/${recordId}/history?after=${after}`;
    const answer = await call(link, 'GET', path, undefined, isLogPage);
    if (!('ok' in answer)) return null;
    entries.push(...answer.ok.entries.map(entryOf));
    if (answer.ok.next === null) break;
    after = answer.ok.next;
  }
  return entries.toReversed();
}

/** One page of a case file's log, oldest first, from beyond `after`. */
export function readFileLog(
  link: Link,
  caseId: string,
  after: number,
): Promise<CallResult<FileLogPage>> {
  return call(link, 'GET', `/api/cases/${caseId}/history?after=${after}`, undefined, isFileLogPage);
}

function entryOf({ change, at, received, author, set }: LogEntry): HistoryEntry {
  const times = { at: parse(at).time_ms, received: parse(received).time_ms };
  return { change, ...times, author, set, pending: false };
}

function isLogPage(body: unknown): body is LogPage {
  return isObject(body) && Array.isArray(body['entries']);
}

function isFileLogPage(body: unknown): body is FileLogPage {
  return isLogPage(body) && typeof (body as { last?: unknown }).last === 'number';
}
