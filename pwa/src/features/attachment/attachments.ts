/** The attachments of a record, and how they are shown: as data of the page, never at an address of their own. */

import { v7 } from 'uuid';
import { lineOf, shownValue } from '../../domain/records.ts';
import { isRemoved } from '../../rules/merge.ts';
import type { Bytes, Edit, RecordView } from '../../model/engine.ts';
import { instantOf } from '../../rules/time.ts';

export const KIND = 'attachment';

export function attachmentsOf(record: string, records: readonly RecordView[]): RecordView[] {
  return records
    .filter((one) => one.kind === KIND && lineOf(one, 'about') === record && !isRemoved(one))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function sortOf(attachment: RecordView): string | null {
  const file = shownValue(attachment, 'file');
  const isWhole = typeof file === 'object' && file !== null && !Array.isArray(file);
  const sort = isWhole ? file['sort'] : null;
  return typeof sort === 'string' ? sort : null;
}

/** A new one; what it says of the file's bytes is filled in where they are sealed. */
export function newAttachment(about: RecordView, sort: string, now: number): Edit {
  const set = { about: about.id, file: { sort }, taken_at: instantOf(now) };
  return { record: v7(), kind: KIND, case: about.case, set, seen: {} };
}

/** For `img`: a page of ours loads no picture from elsewhere, and none that stands in the open. */
export function asData(jpeg: Bytes): string {
  let text = '';
  for (let at = 0; at < jpeg.length; at += 0x8000)
    text += String.fromCharCode(...jpeg.subarray(at, at + 0x8000));
  return `data:image/jpeg;base64,${btoa(text)}`;
}
