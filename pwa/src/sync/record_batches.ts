/**
 * Records of a page as the text they came as, cut into batches of one case file each: a first fetch parses file by file, lets
 * go of each before the next, and seals what came instead of writing it anew.
 */

import type { WireRecord } from '../store/records.ts';
import type { RecordBatch, SyncReply } from './messages.ts';

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

/** The reply with its records in batches; null where it has to be parsed as a whole. */
export function inRecordBatches(text: string): SyncReply | null {
  const head = headOf(text);
  if (!head || !('cursor' in head) || !text.endsWith(END)) return null;
  const batches = cut(text.slice(text.indexOf(RECORDS) + RECORDS.length, -END.length));
  return batches && { ...head, batches };
}

/** The records of a batch. Throws `SyntaxError` where it was cut in the wrong place. */
export function recordsOf({ texts }: RecordBatch): WireRecord[] {
  return JSON.parse(`[${texts.join(',')}]`) as WireRecord[];
}

function cut(text: string): RecordBatch[] | null {
  const batches: RecordBatch[] = [];
  for (let from = 0; from < text.length;) {
    const next = text.indexOf(BETWEEN, from);
    const end = next < 0 ? text.length : next + 1;
    HEAD.lastIndex = from;
    const caseId = HEAD.exec(text)?.[1];
    if (caseId === undefined) return null;
    const last = batches.at(-1);
    if (last?.case === caseId) last.texts.push(text.slice(from, end));
    else batches.push({ case: caseId, texts: [text.slice(from, end)] });
    from = end + 1;
  }
  return batches;
}

function parsedOrNull(text: string): SyncReply | null {
  try {
    return JSON.parse(text) as SyncReply;
  } catch {
    return null;
  }
}
