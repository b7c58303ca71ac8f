/** What a client answered with the phone in hand, and to what (Y6). Pure. */

import type { RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { partText, partsOf, shownIdsAt, splitPath } from './records.ts';

export type Agrees = 'yes' | 'partly' | 'no';

export interface OwnHand {
  agrees: Agrees | null;
  /** in the client's own words */
  words: string | null;
  name: string | null;
  strokes: string | null;
  on: string | null;
  /** what was answered to has been changed since */
  isOutdated: boolean;
}

/** By kind, what a client is shown of a record and answers to. */
const SHOWN: Record<string, readonly string[]> = {
  plan: [
    'client_part',
    'worker_part',
    'commissioner_part',
    'services',
    'next_actions',
    'review_on',
  ],
  agreement: ['agreement_kind', 'answer', 'limits', 'own_words', 'until'],
};

/** Whether a client answers to a record of this kind by hand. */
export function takesAnswer(kind: string): boolean {
  return own(SHOWN, kind) !== undefined;
}

/** The changes whose values are shown now, one a path. */
export function sawOf(record: RecordView): string[] {
  return shownPaths(record).flatMap((path) => shownIdsAt(record, path).slice(0, 1));
}

export function ownHandOf(record: RecordView): OwnHand | null {
  const parts = partsOf(record, 'own_hand');
  if (Object.keys(parts).length === 0) return null;
  const saw = Array.isArray(parts['saw']) ? parts['saw'] : [];
  return {
    agrees: partText(parts, 'agrees') as Agrees | null,
    words: partText(parts, 'words'),
    name: partText(parts, 'name'),
    strokes: partText(parts, 'strokes'),
    on: partText(parts, 'on'),
    isOutdated: shownPaths(record).some(
      (path) => !shownIdsAt(record, path).some((id) => saw.includes(id)),
    ),
  };
}

function shownPaths({ kind, fields }: RecordView): string[] {
  const names = own(SHOWN, kind) ?? [];
  return Object.keys(fields).filter((path) => names.includes(splitPath(path)[0]));
}
