/** Reading records: what a path shows, the items of a map, what was removed, and whose values stand side by side. */

import type { Json, RecordView } from '../model/engine.ts';
import { isObject } from '../rules/json.ts';
import { canonical, differing, shownIds as idsOfShown, type Version } from '../rules/merge.ts';
import { own } from '../rules/own.ts';

export function sameValue(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b);
}

/** The shown value of a path; a path that nobody has set shows `null`. */
export function shownValue(record: RecordView | null, path: string): Json {
  return own(record?.fields, path)?.[0]?.value ?? null;
}

export function textOf(record: RecordView | null, path: string): string {
  const value = shownValue(record, path);
  return typeof value === 'string' ? value : '';
}

/** All that a path holds, the shown one first: more than one where entries differ. */
export function textsOf(record: RecordView | null, path: string): string[] {
  const texts = (own(record?.fields, path) ?? []).map(({ value }) => value);
  return [...new Set(texts.filter((one) => typeof one === 'string' && one !== ''))] as string[];
}

/** A code, a day, an instant or a reference: `null` where it is missing. */
export function lineOf(record: RecordView | null, path: string): string | null {
  return textOf(record, path) || null;
}

export function numberOf(record: RecordView | null, path: string): number | null {
  const value = shownValue(record, path);
  return typeof value === 'number' ? value : null;
}

export function listOf(record: RecordView | null, path: string): string[] {
  const value = shownValue(record, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A structured value such as a time span; `{}` where it is missing. */
export function partsOf(record: RecordView | null, path: string): Record<string, Json> {
  return asParts(shownValue(record, path));
}

export function asParts(value: Json): Record<string, Json> {
  return isObject(value) ? value : {};
}

/** The text of one part of a structured value. */
export function partText(parts: Record<string, Json>, name: string): string | null {
  const value = own(parts, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The items of a map (`steps`, `ticks`, `phases`…) by their key, without those set to `null`. */
export function itemsOf(record: RecordView | null, field: string): Map<string, Json> {
  const items = new Map<string, Json>();
  for (const path of Object.keys(record?.fields ?? {})) {
    const [name, key] = splitPath(path);
    const value = shownValue(record, path);
    if (name === field && key !== null && value !== null) items.set(key, value);
  }
  return items;
}

export function splitPath(path: string): [field: string, item: string | null] {
  const slash = path.indexOf('/');
  return slash < 0 ? [path, null] : [path.slice(0, slash), path.slice(slash + 1)];
}

/** The ids a form may name as seen for a path: the shown value's, and those of every equal value (M10). */
export function shownIdsAt(record: RecordView | null, path: string): string[] {
  return idsOfShown(own(record?.fields, path) ?? []);
}

/** What stands side by side on a path: one group for each different value, the shown one first. */
export function differingValues(record: RecordView, path: string): Version[][] {
  const groups = new Map<string, Version[]>();
  for (const version of own(record.fields, path) ?? []) {
    const key = differenceKey(path, version.value);
    groups.set(key, [...(groups.get(key) ?? []), version]);
  }
  return [...groups.values()];
}

/** Two people who removed the same thing agree, whatever each of them had seen of it. */
function differenceKey(path: string, value: Json): string {
  return path === 'removed' ? String(value !== null) : canonical(value);
}

export function differingPaths(record: RecordView): string[] {
  return differing(record).filter(
    (path) => path !== 'removed' || differingValues(record, path).length > 1,
  );
}

/** The millisecond of a version: its rank begins with it. */
export function timeOf(version: Version): number {
  return Number(version.rank.slice(0, 13));
}

/** The newest version of a record, by rank: who touched it last. */
export function latestVersion(record: RecordView): Version | null {
  return Object.values(record.fields)
    .flat()
    .reduce<Version | null>((last, one) => (last && last.rank >= one.rank ? last : one), null);
}
