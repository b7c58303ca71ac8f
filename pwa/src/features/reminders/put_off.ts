/** What came of putting off: without a network in the words that a notification has for it. */

import type { Failed } from '../../app/api.ts';
import { showToast, showFailure } from '../../app/toast.svelte.ts';
import { sentenceOf } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';

export function tellPutOff(failed: Failed | null): void {
  if (failed === null) showToast(words.reminders.snoozed);
  else if (failed === 'no_connection') showFailure(words.reminders.neutral.notPutOff);
  else showFailure(sentenceOf(failed));
}
