/** A map in a declared form: its items as they are typed, and what they mean. Each is written by itself (M6). Pure. */

import { splitPath } from '../domain/records.ts';
import type { Field } from '../kinds/declared.ts';
import type { Json } from '../model/engine.ts';
import type { Values } from '../rules/conditions.ts';
import { own } from '../rules/own.ts';
import type { Day } from '../rules/time.ts';
import { readField, typedOf, type FieldFault, type TypedFields } from './kind_fields.ts';

/**
 * `chips`: who or what belongs to it. `answers`: a value for each code. `checklist`: codes to tick, each with its parts.
 * `cards`: things of their own, of which there may be any number.
 */
type ItemsLook = 'chips' | 'answers' | 'checklist' | 'cards';

export function lookOf({ key, of }: Field): ItemsLook {
  if (key?.catalogue === undefined && key?.kind === undefined) return 'cards';
  if (of?.type === 'yes_no') return 'chips';
  return ['parts', 'date', 'instant'].includes(of?.type ?? '') ? 'checklist' : 'answers';
}

/** The keys of the items that stand in the form. */
export function keysIn(name: string, typed: TypedFields): string[] {
  const keys = own(typed, name);
  return Array.isArray(keys) ? keys : [];
}

export function typedOfItems(name: string, field: Field, values: Values): TypedFields {
  const items = Object.entries(values)
    .flatMap(([path, value]): [string, Json][] => {
      const [own, key] = splitPath(path);
      return own === name && key !== null && value !== null && value !== false
        ? [[key, value]]
        : [];
    })
    .sort(byKey);
  const typed: TypedFields = { [name]: items.map(([key]) => key) };
  for (const [key, value] of items)
    Object.assign(typed, typedOfItem(`${name}/${key}`, field, value));
  return typed;
}

/** Ids of one device come in the order of their making. */
const byKey = ([a]: [string, Json], [b]: [string, Json]) => (a < b ? -1 : 1);

function typedOfItem(path: string, { of }: Field, value: Json): TypedFields {
  return of === undefined || of.type === 'yes_no' ? {} : typedOf(path, of, value);
}

/** What its items mean, by path. A card in which nothing is written is none. */
export function readItems(
  name: string,
  field: Field,
  typed: TypedFields,
): { values: Record<string, Json>; faults: [at: string, fault: FieldFault][] } {
  const values: Record<string, Json> = {};
  const faults: [string, FieldFault][] = [];
  for (const key of keysIn(name, typed)) {
    const path = `${name}/${key}`;
    const read = readItem(path, field, typed);
    if ('fault' in read) faults.push([read.at, read.fault]);
    else values[path] = read.value;
  }
  return { values, faults };
}

function readItem(path: string, field: Field, typed: TypedFields) {
  if (field.of === undefined || field.of.type === 'yes_no') return { value: true };
  const read = readField(path, field.of, typed);
  const isTicked = 'value' in read && read.value === null && lookOf(field) === 'checklist';
  return isTicked && field.of.type === 'parts' ? { value: {} } : read;
}

/** The form with one more item. What a tick says by itself: that it is so, today or now, and by me. */
export function withItem(
  typed: TypedFields,
  name: string,
  field: Field,
  key: string,
  now: { day: Day; clock: string; me: string },
): TypedFields {
  const others = keysIn(name, typed).filter((one) => one !== key);
  const empty = typedOfItem(`${name}/${key}`, field, null);
  const ticked = lookOf(field) === 'checklist' ? tickedOf(`${name}/${key}`, field.of, now) : {};
  return { ...typed, ...empty, ...ticked, [name]: [...others, key] };
}

function tickedOf(
  path: string,
  field: Field | undefined,
  now: { day: Day; clock: string; me: string },
): TypedFields {
  if (field?.type === 'parts') {
    const parts = Object.entries(field.parts ?? {});
    const ticked = parts.map(([name, part]) => tickedOf(`${path}.${name}`, part, now));
    return Object.assign({}, ...ticked) as TypedFields;
  }
  if (field?.type === 'date') return { [path]: now.day };
  if (field?.type === 'instant') return { [`${path}.day`]: now.day, [`${path}.clock`]: now.clock };
  if (field?.type === 'yes_no') return { [path]: true };
  return field?.kind === 'person' ? { [path]: now.me } : {};
}

export function withoutItem(typed: TypedFields, name: string, key: string): TypedFields {
  const path = `${name}/${key}`;
  const rest = Object.entries(typed).filter(([at]) => at !== path && !at.startsWith(`${path}.`));
  return { ...Object.fromEntries(rest), [name]: keysIn(name, typed).filter((one) => one !== key) };
}

/** The form with an item as `fresh` has it. */
export function withItemOf(
  typed: TypedFields,
  fresh: TypedFields,
  name: string,
  key: string,
): TypedFields {
  const without = withoutItem(typed, name, key);
  if (!keysIn(name, fresh).includes(key)) return without;
  const path = `${name}/${key}`;
  const own = Object.entries(fresh).filter(([at]) => at === path || at.startsWith(`${path}.`));
  const keys = [...keysIn(name, without), key].sort();
  return { ...without, ...Object.fromEntries(own), [name]: keys };
}
