/** What pages of records show of attachments, and of what clients answered by hand, as one script. */

import type { Component } from 'svelte';
import type { CaseFile } from '../../case/case_file.svelte.ts';
import type { RecordView } from '../../model/engine.ts';
import OwnAnswer from '../handing_over/OwnAnswer.svelte';
import Picture from './Picture.svelte';

export { default as Attachments } from './Attachments.svelte';

/** What stands above the facts of the page, by kind. */
export const lateHeads: Record<string, Component<{ record: RecordView; file: CaseFile }>> = {
  attachment: Picture,
  plan: OwnAnswer,
  agreement: OwnAnswer,
};
