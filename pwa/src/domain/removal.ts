/** Removing without deleting (M7): what a removal saw, what has come since, and bringing back. */

import type { Edit, Json, RecordView, Version } from '../store/engine.ts';
import { asParts, shownIds, shownValue } from './records.ts';

export function isRemoved(record: RecordView): boolean {
  return shownValue(record, 'removed') !== null;
}

/** Held versions that the remover had not seen, by path: the record is *removed, but changed since*. */
export function changedSinceRemoval(record: RecordView): Map<string, Version[]> {
  const unseen = new Map<string, Version[]>();
  if (!isRemoved(record)) return unseen;
  const known = new Set((record.fields['removed'] ?? []).flatMap(sawOf));
  for (const [path, versions] of Object.entries(record.fields)) {
    if (path === 'removed') continue;
    const news = versions.filter((one) => !known.has(one.change));
    if (news.length > 0) unseen.set(path, news);
  }
  return unseen;
}

function sawOf(removal: Version): Json[] {
  const saw = asParts(removal.value)['saw'];
  return Array.isArray(saw) ? saw : [];
}

/** Who removed it. */
export function remover(record: RecordView): Version | null {
  return isRemoved(record) ? (record.fields['removed']?.[0] ?? null) : null;
}

/** The edit that removes a record as it is shown. */
export function removalOf(record: RecordView): Edit {
  const saw = Object.keys(record.fields)
    .filter((path) => path !== 'removed')
    .flatMap((path) => shownIds(record, path));
  return edit(record, { saw: [...new Set(saw)].sort() });
}

/** The edit that brings a removed record back. */
export function returnOf(record: RecordView): Edit {
  return edit(record, null);
}

function edit(record: RecordView, removed: { saw: string[] } | null): Edit {
  const seen = shownIds(record, 'removed');
  return {
    record: record.id,
    kind: record.kind,
    case: record.case,
    set: { removed },
    seen: seen.length > 0 ? { removed: seen } : {},
  };
}
