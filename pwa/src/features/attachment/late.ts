/** What pages of records show of attachments, of what clients answered by hand, and of a shift that is on, as one script. */

import type { Component } from 'svelte';
import type { CaseFile } from '../../case/case_file.svelte.ts';
import type { RecordView } from '../../model/engine.ts';
import OwnAnswer from '../handing_over/OwnAnswer.svelte';
import ShiftHead from '../kind/ShiftHead.svelte';
import Picture from './Picture.svelte';

export { default as Attachments } from './Attachments.svelte';

/** What stands above the facts of the page, by kind. */
export const lateHeads: Record<string, Component<{ record: RecordView; file: CaseFile }>> = {
  attachment: Picture,
  plan: OwnAnswer,
  agreement: OwnAnswer,
  shift: ShiftHead,
};
