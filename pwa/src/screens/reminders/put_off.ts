/** What came of putting off: without a network in the words that a notification has for it. */

import type { Failed } from '../../asking.ts';
import { tell, tellFailed } from '../../parts/tell.svelte.ts';
import { sentenceOf } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';

export function tellPutOff(failed: Failed | null): void {
  if (failed === null) tell(words.reminders.snoozed);
  else if (failed === 'no_connection') tellFailed(words.reminders.neutral.notPutOff);
  else tellFailed(sentenceOf(failed));
}
