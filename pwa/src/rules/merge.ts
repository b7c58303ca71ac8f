/**
 * What is held of a record after its changes, in whatever order they came (SPEC M).
 *
 * Twin of `server/sync/merge.py`. Pure: no clock, no I/O. Nothing given is altered. The versions of a path stand in
 * the order of M3, so the first is the one that is shown. A path that was never set, or of which nothing is held, is
 * not there.
 */

import type { Json } from './json.ts';

export type Held = readonly [change: string, rank: string, author: string, value: Json];

export interface Change {
  id: string;
  record: string;
  kind: string;
  case: string;
  at: string;
  set: Record<string, Json>;
  seen: Record<string, readonly string[]>;
}

export interface State {
  fields: Record<string, readonly Held[]>;
  awaited: Record<string, readonly string[]>;
}

/** One line of the log: a change, its rank at receipt and who made it. */
export interface Entry {
  change: Change;
  rank: string;
  author: string;
}

/** A record on the wire (W9). */
export interface Packed {
  by: (readonly [change: string, rank: string, author: string])[];
  fields: Record<string, (readonly [by: number, value: Json])[]>;
}

/** What has no canonical spelling: fractions, what JavaScript would round, half a character. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain';
}

export function empty(): State {
  return { fields: {}, awaited: {} };
}

/** The one spelling of a value, for comparing and hashing (M4). Throws `NotPlain` if there is none. */
export function canonical(value: unknown): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotPlain('not a whole number');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new NotPlain(typeof value);
  const keys = Object.keys(value).sort(byCodePoint);
  const inner = value as Record<string, unknown>;
  return `{${keys.map((key) => `${text(key)}:${canonical(inner[key])}`).join(',')}}`;
}

function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new NotPlain('half a character');
  return JSON.stringify(value);
}

/** As Python sorts text; JavaScript alone would compare halves of characters. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/**
 * The state with one more change (M1, M2).
 *
 * `arrived` holds, of the ids that the change names and its own, those whose changes were applied before: they are not
 * waited for, and the change itself is not applied twice (M8).
 */
export function apply(
  state: State,
  change: Change,
  rank: string,
  author: string,
  arrived: ReadonlySet<string> = new Set(),
): State {
  const own = change.id;
  if (arrived.has(own) || changeIds(state).has(own)) return state;
  const fields = { ...state.fields };
  const awaited = { ...state.awaited };
  for (const [path, value] of Object.entries(change.set)) {
    const held = fields[path] ?? [];
    const seen = change.seen[path] ?? [];
    let left = held.filter(([id]) => !seen.includes(id));
    const missing = new Set([...seen, ...(awaited[path] ?? [])]);
    for (const id of arrived) missing.delete(id);
    for (const [id] of held) missing.delete(id);
    if (!missing.has(own)) left = inOrder([...left, [own, rank, author, value]]);
    put(fields, path, left);
    put(awaited, path, [...missing].sort());
  }
  for (const [path, ids] of Object.entries(awaited)) {
    if (ids.includes(own))
      put(
        awaited,
        path,
        ids.filter((id) => id !== own),
      );
  }
  return { fields, awaited };
}

function put<T>(paths: Record<string, readonly T[]>, path: string, items: readonly T[]): void {
  if (items.length > 0) paths[path] = items;
  else Reflect.deleteProperty(paths, path);
}

/** Falling by (rank, change id), both ASCII (M3). */
export function inOrder(versions: readonly Held[]): Held[] {
  return versions.toSorted((a, b) => falling(a[1], b[1]) || falling(a[0], b[0]));
}

function falling(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

/** The state rebuilt from a record's log, whatever the order of its lines (M1, M8). */
export function replay(entries: readonly Entry[]): State {
  let state = empty();
  const arrived = new Set<string>();
  for (const { change, rank, author } of entries) {
    state = apply(state, change, rank, author, arrived);
    arrived.add(change.id);
  }
  return state;
}

/** The server's copy with a person's own unconfirmed changes on top, ranked by `at` (M9). */
export function overlay(state: State, pending: readonly Change[], author: string): State {
  const taken = changeIds(state);
  for (const change of pending) state = apply(state, change, change.at, author, taken);
  return { fields: state.fields, awaited: {} };
}

/** The ids of all changes of which something is held. */
export function changeIds(state: State): Set<string> {
  const ids = new Set<string>();
  for (const versions of Object.values(state.fields)) for (const [id] of versions) ids.add(id);
  return ids;
}

/** By path, the ids behind the shown value: what a form may put into `seen` (M10). */
export function shown(state: State): Record<string, string[]> {
  return mapped(state.fields, idsOfFirst);
}

function idsOfFirst(versions: readonly Held[]): string[] {
  const [first] = versions;
  if (!first || versions.length === 1) return versions.map(([id]) => id);
  const value = canonical(first[3]);
  return versions.filter((version) => canonical(version[3]) === value).map(([id]) => id);
}

/** The paths at which different values stand side by side (M4, M5), in ASCII order. */
export function differing(state: State): string[] {
  const paths = Object.entries(state.fields).filter(([, versions]) => differs(versions));
  return paths.map(([path]) => path).sort();
}

export function differs(versions: readonly Held[]): boolean {
  return versions.length > 1 && new Set(versions.map(([, , , value]) => canonical(value))).size > 1;
}

/** `seen`, and what the own pending changes named in it had seen of the same path (M11). */
export function inherited(
  seen: Readonly<Record<string, readonly string[]>>,
  pending: readonly Change[],
): Record<string, string[]> {
  const full = mapped(seen, (ids) => new Set(ids));
  // The latest first: it may name an earlier one.
  for (const change of pending.toReversed()) {
    for (const [path, ids] of Object.entries(full)) {
      if (ids.has(change.id)) for (const id of change.seen[path] ?? []) ids.add(id);
    }
  }
  return mapped(full, (ids) => [...ids].sort());
}

/** The value of `removed` for someone who looks at this record: all that it showed (M7). */
export function removal(state: State): { saw: string[] } {
  const others = Object.entries(shown(state)).filter(([path]) => path !== 'removed');
  return { saw: [...new Set(others.flatMap(([, ids]) => ids))].sort() };
}

/** Whether the record was removed, and whether something stands that no remover saw (M7). */
export function removedState(state: State): 'present' | 'removed' | 'changed_since' {
  const removals = state.fields['removed'] ?? [];
  if (!removals[0] || removals[0][3] === null) return 'present';
  const saw = new Set(removals.flatMap(([, , , value]) => (value as Removal | null)?.saw ?? []));
  const others = Object.entries(state.fields).filter(([path]) => path !== 'removed');
  const unseen = others.some(([, versions]) => versions.some(([id]) => !saw.has(id)));
  return unseen ? 'changed_since' : 'removed';
}

interface Removal {
  saw: string[];
}

/** `{by, fields}` of W9: each change once, in the order in which sorted paths name them. */
export function pack(state: State): Packed {
  const packed: Packed = { by: [], fields: {} };
  const numbers = new Map<string, number>();
  for (const path of Object.keys(state.fields).sort()) {
    packed.fields[path] = (state.fields[path] ?? []).map(([change, rank, author, value]) => {
      let number = numbers.get(change);
      if (number === undefined) {
        number = packed.by.push([change, rank, author]) - 1;
        numbers.set(change, number);
      }
      return [number, value];
    });
  }
  return packed;
}

/** The state behind `{by, fields}` (W9). What is awaited does not travel. */
export function unpack({ by, fields }: Packed): State {
  const versionOf = ([number, value]: readonly [number, Json]): Held => {
    const maker = by[number];
    if (!maker) throw new RangeError('a version without its change');
    return [...maker, value];
  };
  return { fields: mapped(fields, (versions) => versions.map(versionOf)), awaited: {} };
}

function mapped<A, B>(paths: Readonly<Record<string, A>>, turn: (item: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, turn(item)]));
}
