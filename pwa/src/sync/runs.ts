/**
 * Records of a page as the text they came as, cut into runs of one case file each: a first fetch parses file by file, lets
 * go of each before the next, and seals what came instead of writing it anew.
 */

import type { WireRecord } from '../store/records.ts';
import type { Page, SyncReply, Verdicts } from './wire.ts';

/** Records of one case file that follow one another. */
export interface Run {
  case: string;
  texts: string[];
}

/** The server writes the records last; all else stands before them. */
const RECORDS = '],"records":[';
const END = ']}';
const BETWEEN = '},{"seq":';
const HEAD =
  /\{"seq":\d+,(?:"class":"[^"\\]*",)?"id":"[^"\\]*","kind":"[^"\\]*","case":"([^"\\]*)",/y;

/** What stands before the records, as soon as it has come; null where it has not, or is not written so. */
export function headOf(text: string): SyncReply | null {
  const at = text.indexOf(RECORDS);
  return at < 0 ? null : parsedOrNull(text.slice(0, at) + RECORDS + END);
}

/** The reply with its records in runs; null where it has to be parsed as a whole. */
export function inRuns(text: string): SyncReply | null {
  const head = headOf(text);
  if (!head || !('cursor' in head) || !text.endsWith(END)) return null;
  const runs = cut(text.slice(text.indexOf(RECORDS) + RECORDS.length, -END.length));
  return runs && { ...head, runs };
}

/** The records of a run. Throws `SyntaxError` where it was cut in the wrong place. */
export function recordsOf({ texts }: Run): WireRecord[] {
  return JSON.parse(`[${texts.join(',')}]`) as WireRecord[];
}

/** The reply with all its records parsed: where a value held what looks like the beginning of a record. */
export function parsedWhole(page: Page | Verdicts): Page | Verdicts {
  if (!('cursor' in page)) return page;
  const { records, runs = [], ...rest } = page;
  const texts = runs.flatMap((run) => run.texts);
  const all = [...records, ...recordsOf({ case: '', texts })];
  return { ...rest, records: all };
}

function cut(text: string): Run[] | null {
  const runs: Run[] = [];
  for (let from = 0; from < text.length;) {
    const next = text.indexOf(BETWEEN, from);
    const end = next < 0 ? text.length : next + 1;
    HEAD.lastIndex = from;
    const caseId = HEAD.exec(text)?.[1];
    if (caseId === undefined) return null;
    const last = runs.at(-1);
    if (last?.case === caseId) last.texts.push(text.slice(from, end));
    else runs.push({ case: caseId, texts: [text.slice(from, end)] });
    from = end + 1;
  }
  return runs;
}

function parsedOrNull(text: string): SyncReply | null {
  try {
    return JSON.parse(text) as SyncReply;
  } catch {
    return null;
  }
}
