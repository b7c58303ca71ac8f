/** How long a client has waited for a permanent home, in a sentence (Q7). */

import { homeWait } from '../domain/home_wait.ts';
import type { RecordView } from '../model/engine.ts';
import type { Day } from '../rules/time.ts';
import { entryOf } from '../words/catalogue.svelte.ts';
import { format } from '../words/format.svelte.ts';
import { words } from '../words/index.svelte.ts';

/** Empty where nobody waits, or did. */
export function homeWaitText(records: readonly RecordView[], today: Day): string {
  const isPermanent = (stay: string) => entryOf('stay_kind', stay)?.['permanent_home'] === true;
  const waited = homeWait(records, isPermanent, today);
  if (waited === null) return '';
  const { days, fromReferral, found } = waited;
  const { homeFound, homeWaited, sinceReferral } = words.kind;
  return [
    found === null ? homeWaited(days) : homeFound(format.date(found), days),
    fromReferral === null ? '' : sinceReferral(fromReferral),
  ]
    .filter(Boolean)
    .join(', ');
}
