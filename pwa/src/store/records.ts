/** Case files as they lie here: the server's copies, and what the person sees of them (M9, R3, R5). */

import type { Json } from '../rules/json.ts';
import { overlay, unpack, type Change, type Held, type Packed } from '../rules/merge.ts';
import type { Problem, RecordView, Version } from './engine.ts';

/** A record on the wire (W9). */
export interface WireRecord extends Packed {
  seq: number;
  id: string;
  kind: string;
  case: string;
}

/** The server's copy of a record. `era` counts the resets of this device, so (era, seq) only ever grows (R3). */
export interface Copy extends WireRecord {
  era: number;
}

/** A change of one's own, from its saving until it is proven to be in the server's backup (R5). */
export interface Entry {
  /** the device's counter: the order of the outbox */
  n: number;
  change: Change;
  /** what its paths showed before; for *Kumoa* */
  before: Record<string, Json>;
  /** the record did not exist before */
  first: boolean;
  state: 'waiting' | 'acknowledged' | 'held' | 'refused';
  problem?: Problem;
  /** where the server put it, and when this device heard of it (ms) */
  era?: number;
  seq?: number;
  settledAt?: number;
}

export function isNewer(record: Pick<Copy, 'era' | 'seq'>, stored: Copy | undefined): boolean {
  if (!stored) return true;
  return record.era > stored.era || (record.era === stored.era && record.seq > stored.seq);
}

/** [R5] Whether an entry still has to be laid over the server's copy. */
export function isPending(entry: Entry, copy: Copy | undefined): boolean {
  if (entry.state === 'held' || entry.state === 'refused') return false;
  if (!copy || entry.seq === undefined) return true;
  return copy.era !== entry.era || copy.seq < entry.seq;
}

/** [M9] A record as shown: the server's copy, and the person's own unconfirmed changes on top. */
export function viewOf(
  copy: Copy | undefined,
  entries: Entry[],
  author: string,
): RecordView | null {
  const pending = entries.filter((entry) => isPending(entry, copy)).map((entry) => entry.change);
  const about = copy ?? pending[0];
  if (!about) return null;
  const state = copy ? unpack(copy) : { fields: {}, awaited: {} };
  const { fields } = pending.length > 0 ? overlay(state, pending, author) : state;
  return {
    id: copy?.id ?? pending[0]?.record ?? '',
    kind: about.kind,
    case: about.case,
    fields: Object.fromEntries(
      Object.entries(fields).map(([path, versions]) => [path, versions.map(versionOf)]),
    ),
    pending: pending.map((change) => change.id),
  };
}

function versionOf([change, rank, author, value]: Held): Version {
  return { change, rank, author, value };
}
