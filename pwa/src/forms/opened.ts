/**
 * What a form showed when it was opened, frozen (M10, R9). A save sets only what its person changed and names only what its
 * person had seen; whatever arrived while the form was open is told, and stands beside the saved value until somebody settles it.
 */

import { sameValue, shownIds, shownValue } from '../domain/records.ts';
import type { Edit, Json, RecordView, Version } from '../store/engine.ts';

/** By record and path: the values as they were rendered, and the ids behind them. Lies in the draft beside what was typed. */
export interface Opened {
  values: Record<string, Record<string, Json>>;
  seen: Record<string, Record<string, string[]>>;
}

export function openedWith(records: (RecordView | null)[]): Opened {
  const opened: Opened = { values: {}, seen: {} };
  for (const record of records) {
    if (record === null) continue;
    const paths = Object.keys(record.fields);
    opened.values[record.id] = Object.fromEntries(
      paths.map((path) => [path, shownValue(record, path)]),
    );
    opened.seen[record.id] = Object.fromEntries(
      paths.map((path) => [path, shownIds(record, path)]),
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

/** The edit of one record: only paths whose value was changed. `null` where nothing was. */
export function editOf(opened: Opened, target: Target, wanted: Record<string, Json>): Edit | null {
  const before = opened.values[target.record] ?? {};
  const changed = Object.entries(wanted).filter(
    ([path, value]) => !sameValue(emptyAsNull(value), emptyAsNull(before[path] ?? null)),
  );
  if (changed.length === 0) return null;
  const seen: Edit['seen'] = {};
  for (const [path] of changed) {
    const ids = opened.seen[target.record]?.[path];
    if (ids !== undefined && ids.length > 0) seen[path] = ids;
  }
  const { record, kind } = target;
  const set = Object.fromEntries(changed.map(([path, value]) => [path, emptyAsNull(value)]));
  return { record, kind, case: target.case, set, seen };
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
  opened: Opened,
  records: RecordView[],
  shows: (record: RecordView, path: string) => boolean,
): NewerValue[] {
  return records.flatMap((record) =>
    Object.keys(record.fields)
      .filter((path) => shows(record, path))
      .flatMap((path) => {
        const [version] = record.fields[path] ?? [];
        const known = opened.seen[record.id]?.[path] ?? [];
        const isNew = version !== undefined && !known.includes(version.change);
        const differs = isNew && !sameValue(version.value, valueOf(opened, record.id, path));
        return differs ? [{ record: record.id, path, version }] : [];
      }),
  );
}

export function valueOf(opened: Opened, record: string, path: string): Json {
  return opened.values[record]?.[path] ?? null;
}

/** The person read the newer value and takes it: the form continues from there. */
export function withTaken(opened: Opened, record: RecordView, path: string): Opened {
  return {
    values: withPath(opened.values, record.id, path, shownValue(record, path)),
    seen: withPath(opened.seen, record.id, path, shownIds(record, path)),
  };
}

/** The person read the newer value and keeps their own: the save has seen both. */
export function withKept(opened: Opened, record: RecordView, path: string): Opened {
  const known = opened.seen[record.id]?.[path] ?? [];
  const ids = [...new Set([...known, ...shownIds(record, path)])];
  return {
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
  return { ...all, [record]: { ...all[record], [path]: value } };
}
