/**
 * What is held of a record after its changes, in whatever order they came (SPEC M).
 *
 * Twin of `server/rules/merge.py`. Pure: no clock, no I/O. Nothing given is altered. The versions of a path stand in
 * the order of M3, so the first is the one that is shown. A path that was never set, or of which nothing is held, is
 * not there.
 */

import type { Json } from './json.ts';
import { own } from './own.ts';

/** One value of one path, with the change that it comes from. `rank` begins with its milliseconds. */
export interface Version {
  readonly change: string;
  readonly rank: string;
  readonly author: string;
  readonly value: Json;
}

/** By path, what is held. */
type Fields = Readonly<Record<string, readonly Version[]>>;

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
  fields: Record<string, Version[]>;
  awaited: Record<string, readonly string[]>;
}

/** One line of the log: a change, its rank at receipt and who made it. */
export interface LogEntry {
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
class NotPlain extends Error {
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
  return `{${keys.map((key) => `${text(key)}:${canonical(own(inner, key))}`).join(',')}}`;
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
  const id = change.id;
  if (arrived.has(id) || changeIds(state).has(id)) return state;
  const fields = { ...state.fields };
  const awaited = { ...state.awaited };
  for (const [path, value] of Object.entries(change.set)) {
    const held = own(fields, path) ?? [];
    const seen = own(change.seen, path) ?? [];
    let left = held.filter((one) => !seen.includes(one.change));
    const missing = new Set([...seen, ...(own(awaited, path) ?? [])]);
    for (const one of arrived) missing.delete(one);
    for (const one of held) missing.delete(one.change);
    if (!missing.has(id)) left = inOrder([...left, { change: id, rank, author, value }]);
    put(fields, path, left);
    put(awaited, path, [...missing].sort());
  }
  for (const [path, ids] of Object.entries(awaited)) {
    if (ids.includes(id))
      put(
        awaited,
        path,
        ids.filter((one) => one !== id),
      );
  }
  return { fields, awaited };
}

function put<T>(paths: Record<string, readonly T[]>, path: string, items: readonly T[]): void {
  if (items.length > 0) paths[path] = items;
  else Reflect.deleteProperty(paths, path);
}

/** Falling by (rank, change id), both ASCII (M3). */
export function inOrder(versions: readonly Version[]): Version[] {
  return versions.toSorted((a, b) => falling(a.rank, b.rank) || falling(a.change, b.change));
}

function falling(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

/** The state rebuilt from a record's log, whatever the order of its lines (M1, M8). */
export function replay(entries: readonly LogEntry[]): State {
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
  for (const versions of Object.values(state.fields))
    for (const { change } of versions) ids.add(change);
  return ids;
}

/** By path, the ids behind the shown value: what a form may put into `seen` (M10). */
export function shown({ fields }: { fields: Fields }): Record<string, string[]> {
  return mapped(fields, shownIds);
}

/** The ids behind the first value: of its version, and of every other with the same value. */
export function shownIds(versions: readonly Version[]): string[] {
  const [first] = versions;
  if (!first || versions.length === 1) return versions.map(({ change }) => change);
  const value = canonical(first.value);
  return versions.filter((one) => canonical(one.value) === value).map(({ change }) => change);
}

/** The paths at which different values stand side by side (M4, M5), in ASCII order. */
export function differing({ fields }: { fields: Fields }): string[] {
  const paths = Object.entries(fields).filter(([, versions]) => differs(versions));
  return paths.map(([path]) => path).sort();
}

export function differs(versions: readonly Version[]): boolean {
  return versions.length > 1 && new Set(versions.map(({ value }) => canonical(value))).size > 1;
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
      if (ids.has(change.id)) for (const id of own(change.seen, path) ?? []) ids.add(id);
    }
  }
  return mapped(full, (ids) => [...ids].sort());
}

/** The value of `removed` for someone who looks at this record: all that it showed (M7). */
export function removal(state: { fields: Fields }): { saw: string[] } {
  const others = Object.entries(shown(state)).filter(([path]) => path !== 'removed');
  return { saw: [...new Set(others.flatMap(([, ids]) => ids))].sort() };
}

/** Whether the record was removed, and whether something stands that no remover saw (M7). */
export function removedState(state: { fields: Fields }): 'present' | 'removed' | 'changed_since' {
  if (!isRemoved(state)) return 'present';
  return Object.keys(changedSinceRemoval(state)).length > 0 ? 'changed_since' : 'removed';
}

export function isRemoved({ fields }: { fields: Fields }): boolean {
  return (fields['removed']?.[0]?.value ?? null) !== null;
}

/** By path, the held versions of a removed record that no remover saw (M7). */
export function changedSinceRemoval(state: { fields: Fields }): Record<string, Version[]> {
  if (!isRemoved(state)) return {};
  const removals = state.fields['removed'] ?? [];
  const saw = new Set(removals.flatMap(({ value }) => (value as Removal | null)?.saw ?? []));
  const others = Object.entries(state.fields).filter(([path]) => path !== 'removed');
  return Object.fromEntries(
    others
      .map(([path, versions]): [string, Version[]] => [
        path,
        versions.filter(({ change }) => !saw.has(change)),
      ])
      .filter(([, unseen]) => unseen.length > 0),
  );
}

export type Removal = {
  saw: string[];
  why?: string;
  words?: string;
};

/** `{by, fields}` of W9: each change once, in the order in which sorted paths name them. */
export function pack(state: State): Packed {
  const packed: Packed = { by: [], fields: {} };
  const numbers = new Map<string, number>();
  for (const path of Object.keys(state.fields).sort()) {
    packed.fields[path] = (own(state.fields, path) ?? []).map(({ change, rank, author, value }) => {
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
  const versionOf = ([number, value]: readonly [number, Json]): Version => {
    const maker = by[number];
    if (!maker) throw new RangeError('a version without its change');
    const [change, rank, author] = maker;
    return { change, rank, author, value };
  };
  return { fields: mapped(fields, (versions) => versions.map(versionOf)), awaited: {} };
}

function mapped<A, B>(paths: Readonly<Record<string, A>>, turn: (item: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, turn(item)]));
}
