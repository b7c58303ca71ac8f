/** For tests: the people of the test cast, and records as the store shows them. */

import type { Json, RecordView } from '../model/engine.ts';
import type { Version } from '../rules/merge.ts';

export const aino = 'p-aino';
export const liisa = 'p-liisa';

/** One version; `minute` orders it: minutes after 1.12.2026 10.00 in Helsinki. */
export function version(change: string, value: Json, author = aino, minute = 0): Version {
  const ms = Date.UTC(2026, 11, 1, 8, minute);
  return { change, rank: `${ms}-0000-00000000000a`, author, value };
}

/** A record whose every path holds one value of Aino's; versions can be given whole instead. */
export function record(
  kind: string,
  id: string,
  fields: Record<string, Json | Version[]>,
): RecordView {
  const held = Object.entries(fields).map(([path, value]): [string, Version[]] => [
    path,
    isVersions(value) ? value : [version(`${id}:${path}`, value)],
  ]);
  return { id, kind, case: 'c-1', fields: Object.fromEntries(held), pending: [] };
}

function isVersions(value: Json | Version[]): value is Version[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => one !== null && typeof one === 'object' && 'change' in one)
  );
}
