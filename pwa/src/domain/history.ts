/** The history of a record as it is read: each change with what it replaced. */

import type { HistoryEntry, Json } from '../model/engine.ts';
import { sameValue, splitPath } from './records.ts';

export interface HistoryLine {
  path: string;
  /** the value that stood there in the change before; `null` where nothing did */
  before: Json;
  after: Json;
}

interface HistoryMoment {
  entry: HistoryEntry;
  lines: HistoryLine[];
}

/**
 * Newest first, as the entries come; the lines in the order of `fields`. A change that says again what stood there has no
 * line for it.
 */
export function historyMoments(entries: HistoryEntry[], fields: string[] = []): HistoryMoment[] {
  const place = ({ path }: HistoryLine) => fields.indexOf(splitPath(path)[0]);
  const standing = new Map<string, Json>();
  const moments: HistoryMoment[] = [];
  for (const entry of [...entries].reverse()) {
    const lines: HistoryLine[] = [];
    for (const [path, after] of Object.entries(entry.set)) {
      const before = standing.get(path) ?? null;
      standing.set(path, after);
      if (!sameValue(before, after)) lines.push({ path, before, after });
    }
    moments.push({ entry, lines: lines.sort((a, b) => place(a) - place(b)) });
  }
  return moments.reverse();
}
