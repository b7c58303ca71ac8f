/** What a saved record says of its client: the case ends with the exit, its service is that of the decision (G8). Pure. */

import { asParts } from '../domain/records.ts';
import { kindOf } from '../kinds/declared.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import { holds, valueAt, type About } from '../rules/conditions.ts';
import { own } from '../rules/own.ts';
import { baselineOf, editOf, withParts } from './baseline.ts';

/** The edit of the client's own record; `null` where it says all of it. */
export function carriedEdit(kind: string, client: RecordView | null, about: About): Edit | null {
  if (client === null) return null;
  const opened = baselineOf([client]);
  const wanted = carriedValues(kind, own(opened.values, client.id) ?? {}, about);
  const target = { record: client.id, kind: client.kind, case: client.case };
  return editOf(opened, target, wanted);
}

/** What the client's own record says then; `before`: what it has said until now. */
export function carriedValues(
  kind: string,
  before: Record<string, Json>,
  about: About,
): Record<string, Json> {
  const wanted = (kindOf(kind)?.carries ?? [])
    .filter(({ when }) => when === undefined || holds(when, about))
    .map(({ field, value }): [string, Json] => [
      field,
      carried(value, about, own(before, field) ?? null),
    ]);
  return Object.fromEntries(wanted);
}

function carried(value: Json, about: About, before: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  const { asking, ...parts } = asParts(value);
  if (typeof asking === 'string') return valueAt(about.values, asking);
  const said = Object.entries(parts).map(([name, part]): [string, Json] => [
    name,
    carried(part, about, null),
  ]);
  return withParts(before, Object.fromEntries(said));
}
