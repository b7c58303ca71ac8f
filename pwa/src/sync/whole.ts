/** A reply that was cut into batches in the wrong place. */

import { recordsOf } from './record_batches.ts';
import type { Page, Verdicts } from './messages.ts';

/** The reply with all its records parsed: where a value held what looks like the beginning of a record. */
export function parsedWhole(page: Page | Verdicts): Page | Verdicts {
  if (!('cursor' in page)) return page;
  const { records, batches = [], ...rest } = page;
  const texts = batches.flatMap((batch) => batch.texts);
  const all = [...records, ...recordsOf({ case: '', texts })];
  return { ...rest, records: all };
}
