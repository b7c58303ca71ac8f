/** Back-links: which records of the same file refer to this one, the latest first. Pure. */

import { shownValue } from '../../domain/records.ts';
import { isRemoved } from '../../rules/merge.ts';
import { entryTime } from '../../domain/visits.ts';
import { kindOf } from '../../kinds/declared.ts';
import type { RecordView } from '../../model/engine.ts';

export function referrers(
  record: Pick<RecordView, 'id' | 'kind'>,
  records: readonly RecordView[],
): { kind: string; records: RecordView[] }[] {
  const found = records
    .filter((one) => !isRemoved(one) && isNamedBy(one, record))
    .sort((a, b) => (entryTime(a) > entryTime(b) ? -1 : 1));
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, records: found.filter((one) => one.kind === kind) }));
}

/** Whether one record's field refers to the other. */
export function isNamedBy(one: RecordView, target: Pick<RecordView, 'id' | 'kind'>): boolean {
  return Object.entries(kindOf(one.kind)?.fields ?? {}).some(([name, { type, kind, key }]) =>
    type === 'map'
      ? key?.kind === target.kind && Boolean(shownValue(one, `${name}/${target.id}`))
      : type === 'reference' && kind === target.kind && shownValue(one, name) === target.id,
  );
}
