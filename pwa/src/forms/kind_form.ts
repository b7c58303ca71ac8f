/** The form of any declared kind: what it holds as it is typed, what that means, and what is wrong with it. Pure. */

import { asParts, splitPath } from '../domain/records.ts';
import { kindOf, type Field } from '../kinds/declared.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import type { Values } from '../rules/conditions.ts';
import { own } from '../rules/own.ts';
import { editOf, baselineOf, withParts, type FormBaseline } from './baseline.ts';
import { readField, typedOf, type FieldFault, type TypedFields } from './kind_fields.ts';
import { lookOf, readItems, typedOfItems, withItemOf } from './kind_items.ts';

export interface KindInput {
  record: string;
  kind: string;
  case: string;
  typed: TypedFields;
}

export function kindFormOf(kind: string, record: RecordView | null, id: string, caseId: string) {
  const opened = baselineOf([record]);
  const typed = typedFrom(kind, own(opened.values, record?.id ?? id) ?? {});
  const input: KindInput = { record: record?.id ?? id, kind, case: caseId, typed };
  return { input, opened };
}

function typedFrom(kind: string, values: Values): TypedFields {
  const all = fieldsOf(kind).map(([name, field]) =>
    field.type === 'map'
      ? typedOfItems(name, field, values)
      : typedOf(name, field, own(values, name) ?? null),
  );
  return Object.assign({}, ...all) as TypedFields;
}

/** The fields that the form may show, in the order of the layout. */
export function fieldsOf(kind: string): [string, Field][] {
  const { layout = [], fields = {} } = kindOf(kind) ?? {};
  return layout
    .flatMap((group) => group.fields)
    .flatMap((name): [string, Field][] => {
      const field = own(fields, name);
      return field ? [[name, field]] : [];
    });
}

/** The values as they would be saved, on top of what the record says besides; what cannot be read says nothing. */
export function valuesWith(input: KindInput, known: Values): Values {
  const values: Values = { ...known };
  for (const [name, field] of fieldsOf(input.kind)) {
    if (field.type === 'map') {
      for (const path in known) if (path.startsWith(`${name}/`)) values[path] = null;
      Object.assign(values, readItems(name, field, input.typed).values);
    } else {
      const read = readField(name, field, input.typed);
      values[name] = 'value' in read ? read.value : null;
    }
  }
  return values;
}

export function faultsIn(input: KindInput): Map<string, FieldFault> {
  const found = fieldsOf(input.kind).flatMap(([name, field]): [string, FieldFault][] => {
    if (field.type === 'map') return readItems(name, field, input.typed).faults;
    const read = readField(name, field, input.typed);
    return 'fault' in read ? [[read.at, read.fault]] : [];
  });
  return new Map(found);
}

/** What was changed, and of a map only the items that were. A field that was left alone stays as it is stored (E1). */
export function kindEdit(input: KindInput, opened: FormBaseline): Edit | null {
  const { record, kind, case: caseId } = input;
  const before = own(opened.values, record) ?? {};
  const spelled = written({ ...input, typed: typedFrom(kind, before) }, before);
  return editOf(opened, { record, kind, case: caseId }, written(input, before), spelled);
}

/** What the fields that a declaration adds to a form made by hand would write, and what they would had nobody touched them. */
export function moreValues(input: KindInput | undefined, opened: FormBaseline) {
  if (input === undefined) return { wanted: {}, spelled: {} };
  const before = ownPaths(own(opened.values, input.record) ?? {}, input.kind);
  const untouched = { ...input, typed: typedFrom(input.kind, before) };
  return { wanted: written(input, before), spelled: written(untouched, before) };
}

/** Of a record's values those that its layout shows. */
function ownPaths(values: Values, kind: string): Values {
  const names = new Set(fieldsOf(kind).map(([name]) => name));
  return Object.fromEntries(
    Object.entries(values).filter(([path]) => names.has(splitPath(path)[0])),
  );
}

/** Whether the layout shows the field of this path. */
export function isInLayout(kind: string, path: string): boolean {
  return fieldsOf(kind).some(([name]) => name === splitPath(path)[0]);
}

function written(input: KindInput, before: Values): Values {
  const values = valuesWith(input, before);
  for (const [name, field] of fieldsOf(input.kind)) {
    if (field.type === 'map') {
      for (const path in values) {
        if (!path.startsWith(`${name}/`)) continue;
        const value = asStored(field.of, own(values, path) ?? null, own(before, path) ?? null);
        values[path] = isEmptyCard(field, value) ? null : value;
      }
    } else {
      const given = own(values, name) ?? (field.type === 'parts' ? {} : null);
      const value = asStored(field, given, own(before, name) ?? null);
      values[name] = field.type === 'parts' && isEmpty(value) ? null : value;
    }
  }
  return values;
}

/** What a newer app has written beside the parts stays; a no stands in place of a yes. */
function asStored(field: Field | undefined, value: Json, before: Json): Json {
  if (field?.type === 'yes_no' && value === null && before !== null) return false;
  if (field?.type !== 'parts' || value === null) return value;
  const parts = Object.keys(field.parts ?? {}).map((name): [string, Json] => [
    name,
    own(asParts(value), name) ?? null,
  ]);
  return withParts(before, Object.fromEntries(parts));
}

const isEmpty = (value: Json) => Object.keys(asParts(value)).length === 0;

const isEmptyCard = (field: Field, value: Json) =>
  lookOf(field) === 'cards' && field.of?.type === 'parts' && isEmpty(value);

/** The form after its person took the newer value of `path`. */
export function withTakenField(input: KindInput, fresh: KindInput, path: string): KindInput {
  const [name, item] = splitPath(path);
  if (item !== null) {
    return { ...input, typed: withItemOf(input.typed, fresh.typed, name, item) };
  }
  const typed = Object.entries(fresh.typed).filter(
    ([key]) => key === name || key.startsWith(`${name}.`),
  );
  return { ...input, typed: { ...input.typed, ...Object.fromEntries(typed) } };
}
