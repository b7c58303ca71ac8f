/**
 * What a form showed when it was opened, frozen (M10, R9). A save sets only what its person changed and names only what its
 * person had seen; whatever arrived while the form was open is told, and stands beside the saved value until somebody settles it.
 */

import { asParts, sameValue, shownIdsAt, shownValue } from '../domain/records.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import type { Version } from '../rules/merge.ts';
import { own } from '../rules/own.ts';

/** By record and path: the values as they were rendered, and the ids behind them. Lies in the draft beside what was typed. */
export interface FormBaseline {
  values: Record<string, Record<string, Json>>;
  seen: Record<string, Record<string, string[]>>;
  /** by record the file in which it lies (H7); drafts of an older release have none */
  cases?: Record<string, string>;
}

export function baselineOf(records: (RecordView | null)[]): FormBaseline {
  const cases: Record<string, string> = {};
  const opened: FormBaseline = { values: {}, seen: {}, cases };
  for (const record of records) {
    if (record === null) continue;
    cases[record.id] = record.case;
    const paths = Object.keys(record.fields);
    opened.values[record.id] = Object.fromEntries(
      paths.map((path) => [path, shownValue(record, path)]),
    );
    opened.seen[record.id] = Object.fromEntries(
      paths.map((path) => [path, shownIdsAt(record, path)]),
    );
  }
  return opened;
}

/** Where an edit goes; a new record has a target before it has fields. */
export interface Target {
  record: string;
  kind: string;
  case: string;
}

/**
 * The edit of one record: only paths whose value was changed. `null` where nothing was. `spelled` is what the form would write
 * had nobody touched it: a field that is left alone stays as it is stored, however the form spells it (E1).
 */
export function editOf(
  opened: FormBaseline,
  target: Target,
  wanted: Record<string, Json>,
  spelled: Record<string, Json> = {},
): Edit | null {
  const before = own(opened.values, target.record) ?? {};
  const isSame = (a: Json, b: Json) => sameValue(emptyAsNull(a), emptyAsNull(b));
  const changed = Object.entries(wanted).filter(
    ([path, value]) =>
      !isSame(value, own(before, path) ?? null) &&
      !(Object.hasOwn(spelled, path) && isSame(value, own(spelled, path) ?? null)),
  );
  if (changed.length === 0) return null;
  const seen: Edit['seen'] = {};
  for (const [path] of changed) {
    const ids = own(own(opened.seen, target.record), path);
    if (ids !== undefined && ids.length > 0) seen[path] = ids;
  }
  const { record, kind } = target;
  const set = Object.fromEntries(changed.map(([path, value]) => [path, emptyAsNull(value)]));
  return { record, kind, case: own(opened.cases, record) ?? target.case, set, seen };
}

/** A value of several parts with these of them (M6). What else stands in it stays; where nothing changed, all of it does. */
export function withParts(before: Json, parts: Record<string, Json>): Json {
  const stored = asParts(before);
  const isKept = ([name, part]: [string, Json]) =>
    sameValue(emptyAsNull(part), emptyAsNull(own(stored, name) ?? null));
  if (before !== null && Object.entries(parts).every(isKept)) return before;
  const all = Object.entries({ ...stored, ...parts });
  return Object.fromEntries(all.filter(([, part]) => emptyAsNull(part) !== null));
}

/** A cleared text and an empty list are no value at all. */
function emptyAsNull(value: Json): Json {
  return value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** A value that came after the form was opened. */
export interface NewerValue {
  record: string;
  path: string;
  version: Version;
}

/** What has come since a form was opened, of the paths it shows. */
export function newerValues(
  opened: FormBaseline,
  records: RecordView[],
  shows: (record: RecordView, path: string) => boolean,
): NewerValue[] {
  return records.flatMap((record) =>
    Object.keys(record.fields)
      .filter((path) => shows(record, path))
      .flatMap((path) => {
        const [version] = own(record.fields, path) ?? [];
        const known = own(own(opened.seen, record.id), path) ?? [];
        const isNew = version !== undefined && !known.includes(version.change);
        const differs = isNew && !sameValue(version.value, baselineValue(opened, record.id, path));
        return differs ? [{ record: record.id, path, version }] : [];
      }),
  );
}

export function baselineValue(opened: FormBaseline, record: string, path: string): Json {
  return own(own(opened.values, record), path) ?? null;
}

/** The person read the newer value and takes it: the form continues from there. */
export function withTaken(opened: FormBaseline, record: RecordView, path: string): FormBaseline {
  return {
    ...opened,
    values: withPath(opened.values, record.id, path, shownValue(record, path)),
    seen: withPath(opened.seen, record.id, path, shownIdsAt(record, path)),
  };
}

/** The person read the newer value and keeps their own: the save has seen both. */
export function withKept(opened: FormBaseline, record: RecordView, path: string): FormBaseline {
  const known = own(own(opened.seen, record.id), path) ?? [];
  const ids = [...new Set([...known, ...shownIdsAt(record, path)])];
  return {
    ...opened,
    values: withPath(opened.values, record.id, path, shownValue(record, path)),
    seen: withPath(opened.seen, record.id, path, ids),
  };
}

function withPath<T>(
  all: Record<string, Record<string, T>>,
  record: string,
  path: string,
  value: T,
): Record<string, Record<string, T>> {
  return { ...all, [record]: { ...own(all, record), [path]: value } };
}
