/** The log of a record, page by page (L4). */

import type { HistoryEntry } from '../store/engine.ts';
import type { Json } from '../rules/json.ts';
import { parse } from '../rules/clock.ts';
import { call, isObject, type Link } from './wire.ts';

interface LogPage {
  entries: {
    id: string;
    at: string;
    received: string;
    author: string;
    set: Record<string, Json>;
  }[];
  next: string | null;
}

const PAGES_MAX = 50;

/** All entries, newest first; null without a connection, or where the record may not be read. */
export async function readHistory(
  link: Link,
  caseId: string,
  recordId: string,
): Promise<HistoryEntry[] | null> {
  const entries: HistoryEntry[] = [];
  let after = '';
  for (let page = 0; page < PAGES_MAX; page++) {
    const path = `/api/cases/${caseId}/records/${recordId}/history${after}`;
    const answer = await call(link, 'GET', path, undefined, isLogPage);
    if (!('ok' in answer)) return null;
    entries.push(...answer.ok.entries.map(entryOf));
    if (answer.ok.next === null) return entries;
    after = `?after=${encodeURIComponent(answer.ok.next)}`;
  }
  return entries;
}

function entryOf({ id, at, received, author, set }: LogPage['entries'][number]): HistoryEntry {
  const times = { at: parse(at).time_ms, received: parse(received).time_ms };
  return { change: id, ...times, author, set, pending: false };
}

function isLogPage(body: unknown): body is LogPage {
  return isObject(body) && Array.isArray(body['entries']);
}
