/**
 * The shape of what stands in the lists of a request, asked before anything enters them (SPEC W14, R11).
 *
 * Twin of `server/rules/shape.py`: nothing waits here which no server would ever take. A fault is the code of a problem;
 * null where there is none. Pure.
 */

import { isStamp } from './clock.ts';
import {
  CHANGE_BYTES_MAX,
  DEPTH_MAX,
  PATH_CHARS_MAX,
  PATHS_MAX,
  SEEN_IDS_MAX,
} from './constants.ts';
import { isId } from './id.ts';
import { isObject } from './json.ts';
import { canonical } from './merge.ts';

const KIND = /^[a-z][a-z0-9_]{0,63}$/;
const PATH = /^[a-z][a-z0-9_]*(?:\/[A-Za-z0-9._:-]+)?$/;
/** an item stands in a list, and that in the body */
const ITEM_DEPTH_MAX = DEPTH_MAX - 2;

type Fault = 'change_malformed' | 'change_too_large' | 'seen_without_set' | 'value_invalid';

export { isId };

export function isPath(path: string): boolean {
  return path.length <= PATH_CHARS_MAX && PATH.test(path);
}

/** Of a reading `{id, case, at}` (L3). */
export function readFault(sent: unknown): 'item_malformed' | null {
  const fits = isObject(sent) && isId(sent['id']) && isId(sent['case']) && isStamp(sent['at']);
  return fits ? null : 'item_malformed';
}

/** Of a change, whatever its kind may hold. */
export function changeFault(sent: unknown): Fault | null {
  if (!isObject(sent) || isDeeper(sent, ITEM_DEPTH_MAX) || !hasShape(sent))
    return 'change_malformed';
  const { set, seen } = sent;
  if (isTooLarge(set, seen)) return 'change_too_large';
  if (Object.keys(seen).some((path) => !Object.hasOwn(set, path))) return 'seen_without_set';
  const fits = Object.entries(set).every(([path, value]) => isPath(path) && isPlain(value));
  return fits ? null : 'value_invalid';
}

interface Shaped {
  set: Record<string, unknown>;
  seen: Record<string, string[]>;
}

function hasShape(sent: Record<string, unknown>): sent is Record<string, unknown> & Shaped {
  const { id, record, case: caseId, at, kind, set, seen } = sent;
  if (!isId(id) || !isId(record) || !isId(caseId) || !isStamp(at)) return false;
  if (typeof kind !== 'string' || !KIND.test(kind)) return false;
  if (!isObject(set) || Object.keys(set).length === 0 || !isObject(seen)) return false;
  return Object.values(seen).every((ids) => areSeen(ids, id));
}

/** Ids of other changes: nothing has seen itself. */
function areSeen(ids: unknown, own: string): boolean {
  return Array.isArray(ids) && ids.every((id) => isId(id) && id !== own);
}

function isTooLarge(set: Shaped['set'], seen: Shaped['seen']): boolean {
  const seenIds = Object.values(seen).reduce((sum, ids) => sum + ids.length, 0);
  if (Object.keys(set).length > PATHS_MAX || seenIds > SEEN_IDS_MAX) return true;
  const text = JSON.stringify({ seen, set });
  // No character takes more than three bytes; most changes need not be counted.
  return text.length * 3 > CHANGE_BYTES_MAX && bytesOf(text) > CHANGE_BYTES_MAX;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether lists and maps stand in each other more than `levels` deep. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function isPlain(value: unknown): boolean {
  try {
    canonical(value);
    return true;
  } catch {
    return false;
  }
}
