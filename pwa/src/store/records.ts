/** Case files as they lie here: the server's copies, and what the person sees of them (M9, R3, R5). */

import type { Json } from '../rules/json.ts';
import { empty, overlay, unpack, type Change, type Packed } from '../rules/merge.ts';
import type { Problem, RecordView } from '../model/engine.ts';
import type { Version } from '../rules/merge.ts';
import { own } from '../rules/own.ts';

/** The class of visibility that goes with the case file (D4). */
export const FILE_CLASS = 'file';

/** A record on the wire (W9). */
export interface WireRecord extends Packed {
  seq: number;
  id: string;
  kind: string;
  case: string;
  /** [D4] of visibility; missing where it goes with the case file */
  class?: string;
}

/** The server's copy of a record. `resetCount` counts the resets of this device, so (resetCount, seq) only ever grows (R3). */
export interface Copy extends WireRecord {
  resetCount: number;
}

/** A change of one's own, from its saving until it is proven to be in the server's backup (R5). */
export interface OwnChange {
  /** the device's counter: the order of the outbox */
  n: number;
  /** the first change of what was saved together: a person counts and sees that as one entry */
  save: string;
  change: Change;
  /** what its paths showed before; for *Kumoa* */
  before: Record<string, Json>;
  /** the record did not exist before */
  first: boolean;
  /** no copy of the record lies here: what becomes of it is told without opening the case file */
  hasNoServerCopy?: boolean;
  state: 'waiting' | 'acknowledged' | 'in_review' | 'refused';
  /** [S7] it was refused: if it still is, it goes to the supervisor */
  escalated?: true;
  problem?: Problem;
  /** where the server put it, and when this device heard of it (ms) */
  resetCount?: number;
  seq?: number;
  settledAt?: number;
}

export function isNewer(
  record: Pick<Copy, 'resetCount' | 'seq'>,
  stored: Copy | undefined,
): boolean {
  if (!stored) return true;
  return (
    record.resetCount > stored.resetCount ||
    (record.resetCount === stored.resetCount && record.seq > stored.seq)
  );
}

/** [R5] Whether an entry still has to be laid over the server's copy. */
export function isPending(entry: OwnChange, copy: Copy | undefined): boolean {
  if (entry.state === 'in_review' || entry.state === 'refused') return false;
  if (entry.escalated && entry.state === 'waiting') return false;
  if (!copy || entry.seq === undefined) return true;
  return copy.resetCount !== entry.resetCount || copy.seq < entry.seq;
}

/** [M9] A record as shown: the server's copy, and the person's own unconfirmed changes on top. */
export function viewOf(
  copy: Copy | undefined,
  entries: OwnChange[],
  author: string,
): RecordView | null {
  const pending = entries.filter((entry) => isPending(entry, copy)).map((entry) => entry.change);
  const [first] = pending;
  if (!first) return copy ? viewOfCopy(copy) : null;
  const state = overlay(copy ? unpack(copy) : empty(), pending, author);
  const { kind, case: caseId } = copy ?? first;
  const { fields } = state;
  return { id: first.record, kind, case: caseId, fields, pending: pending.map(({ id }) => id) };
}

/** The same without a detour: a first fetch looks at every record once. */
function viewOfCopy({ id, kind, case: caseId, by, fields }: Copy): RecordView {
  const shown: Record<string, Version[]> = {};
  for (const path in fields) {
    const versions: Version[] = [];
    for (const [number, value] of own(fields, path) ?? []) {
      const [change = '', rank = '', author = ''] = by[number] ?? [];
      versions.push({ change, rank, author, value });
    }
    shown[path] = versions;
  }
  return { id, kind, case: caseId, fields: shown, pending: [] };
}
