/** What a field is to people: typed, searched, joined; by the declarations of `declared.ts`. */

import type { Json } from '../rules/json.ts';
import { own } from '../rules/own.ts';
import { allKinds, kindOf, type Field, type Kind } from './declared.ts';

/** The field of a path; of an item in a map what its values are. */
export function fieldAt(kind: string, path: string): Field | undefined {
  const [name = '', item] = path.split('/');
  const field = own(kindOf(kind)?.fields, name);
  return item === undefined ? field : field?.of;
}

/** The kinds of a client's file whose screens are drawn from the declaration. */
export function drawnKinds(): [string, Kind][] {
  return kindsAt('case');
}

/** Those of a home whose screens are drawn. */
export function kindsAt(home: Kind['home']): [string, Kind][] {
  return allKinds().filter(([, kind]) => !kind.by_hand && kind.home === home);
}

/** Whether a record of this kind names one of the organisation's registers. */
export function refersToRegister(kind: string): boolean {
  return Object.values(kindOf(kind)?.fields ?? {}).some(
    (field) => field.kind !== undefined && kindOf(field.kind)?.home === 'organisation',
  );
}

/** Of all homes. */
function allDrawn(): [string, Kind][] {
  return allKinds().filter(([, kind]) => !kind.by_hand);
}

/** The kind that a reminder's cause belongs to, where its screens are drawn from the declaration. */
export function kindOfCause(cause: string): string | null {
  const found = allDrawn().find(([, { due }]) => due?.some((one) => one.cause === cause));
  return found?.[0] ?? null;
}

/** It is about a whole day, not about a moment. */
export function isOfADay(cause: string): boolean {
  return allDrawn().some(([, { due }]) =>
    due?.some((one) => one.cause === cause && one.days !== undefined),
  );
}

/** The kinds of a client's file in which people write sentences, but for the client's own. */
export function searchedKinds(): [string, Kind][] {
  const isSearched = (field: Field): boolean =>
    field.of || field.parts
      ? [field.of, ...Object.values(field.parts ?? {})].some((one) => one && isSearched(one))
      : isText(field) && field.searched !== false;
  return allKinds().filter(
    ([name, kind]) =>
      name !== 'case' &&
      (kind.home === 'case' || kind.home === 'intake') &&
      Object.values(kind.fields).some(isSearched),
  );
}

/** The fields of a kind in their order, `removed` before them. */
export function fieldsInOrder(kind: string): string[] {
  return ['removed', ...Object.keys(kindOf(kind)?.fields ?? {})];
}

function isText(field: Field | undefined): boolean {
  return field?.type === 'line' || field?.type === 'text';
}

/** Somebody typed it and can fix it. */
export function isWritten(kind: string, path: string): boolean {
  const field = own(kindOf(kind)?.fields, path);
  return isText(field) && field?.written !== false;
}

/** Two texts that differ can both be kept in one. */
export function isJoined(kind: string, path: string): boolean {
  const field = fieldAt(kind, path);
  return isText(field) && field?.joined !== false;
}

/** The sentences in a value: itself, those of its parts, those of its items. */
export function sentencesIn(field: Field | undefined, value: Json): string[] {
  if (field === undefined || value === null) return [];
  if (typeof value === 'string') {
    return isText(field) && field.searched !== false && value !== '' ? [value] : [];
  }
  if (field.type !== 'parts' || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(field.parts ?? {}).flatMap(([name, part]) =>
    sentencesIn(part, own(value, name) ?? null),
  );
}
