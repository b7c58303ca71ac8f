/** The index columns of open records (G5): what a list across clients shows without opening a case file. Pure. */

import { isRemoved } from '../rules/merge.ts';
import { shownValue } from './records.ts';
import { holds, unmet } from '../rules/conditions.ts';
import type { Json, ListedRecord, RecordView } from '../model/engine.ts';
import { kindOf } from '../kinds/declared.ts';
import { rulesOf } from '../kinds/rules_of.ts';

export function listedAmong(records: RecordView[], today: string): ListedRecord[] {
  return records.flatMap((record) => {
    const { columns, open } = kindOf(record.kind) ?? {};
    if (columns === undefined || isRemoved(record)) return [];
    if (open && !holds(open, { values: valuesOf(record), today })) return [];
    const paths = columns.flatMap((name) => [
      name,
      ...Object.keys(record.fields).filter((path) => path.startsWith(`${name}/`)),
    ]);
    const alone = rulesOf(record.kind).filter(
      (rule) => !asksOthers(rule.holds) && !asksOthers(rule.when ?? []),
    );
    const lacks = unmet(alone, 'asks', { values: valuesOf(record), today }).length > 0;
    const values = paths.map((path): [string, Json] => [path, shownValue(record, path)]);
    return [
      {
        record: record.id,
        kind: record.kind,
        values: Object.fromEntries(values.filter(([, value]) => value !== null)),
        ...(lacks ? { lacks } : {}),
      },
    ];
  });
}

/** The other records of a file, and the case's phase, are not at hand where one record moves on by itself. */
function asksOthers(condition: Json): boolean {
  if (!Array.isArray(condition)) return false;
  const [word, ...rest] = condition;
  return word === 'other' || word === 'phase' || rest.some(asksOthers);
}

/** The shown values of a record, by path. */
export function valuesOf(record: RecordView): Record<string, Json> {
  const paths = Object.keys(record.fields);
  return Object.fromEntries(paths.map((path) => [path, shownValue(record, path)]));
}
