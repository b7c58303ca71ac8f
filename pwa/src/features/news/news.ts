/** What colleagues wrote of a client since this person looked, told from what lies on the device. Pure. */

import { latestVersion, timeOf } from '../../domain/records.ts';
import { latestEntries } from '../../domain/visits.ts';
import type { Json, RecordView } from '../../model/engine.ts';
import { isRemoved } from '../../rules/merge.ts';

/** what is older is no news, whenever it arrives */
const NEWS_DAYS = 14;
const DAY_MS = 86_400_000;
/** enough of a change's id, whose end is random, to know it again */
const MARK_CHARS = 10;

/** What was there when somebody looked: a mark of every entry of the last days, since what was written earlier may arrive later. */
type Looked = string[];

export function lookedAt(records: RecordView[], now: number): Looked {
  return recent(records, now).map(({ change }) => markOf(change));
}

/** By others, and not there at the last look; none where nobody has looked before. */
export function newsOf(
  records: RecordView[],
  looked: Json,
  user: string,
  now: number,
): RecordView[] {
  if (!Array.isArray(looked)) return [];
  return recent(records, now)
    .filter(({ author, change }) => author !== user && !looked.includes(markOf(change)))
    .map(({ record }) => record);
}

function recent(records: RecordView[], now: number) {
  return latestEntries(records)
    .filter((record) => !isRemoved(record))
    .flatMap((record) => {
      const latest = latestVersion(record);
      const isRecent = latest !== null && timeOf(latest) > now - NEWS_DAYS * DAY_MS;
      return isRecent ? [{ record, author: latest.author, change: latest.change }] : [];
    });
}

function markOf(change: string): string {
  return change.slice(-MARK_CHARS);
}
