/** Drafts as they are told to the server: as many at a time as it takes, the first in place of those told before. */

import { DRAFTS_MAX } from '../../rules/constants.ts';

type ToldDraft = Record<'id' | 'since', string>;

/** One batch at least: that none is left has to be told too. */
export function inBatches(drafts: ToldDraft[]): { drafts: ToldDraft[]; beside: boolean }[] {
  const count = Math.max(1, Math.ceil(drafts.length / DRAFTS_MAX));
  return Array.from({ length: count }, (_, at) => ({
    drafts: drafts.slice(at * DRAFTS_MAX, (at + 1) * DRAFTS_MAX),
    beside: at > 0,
  }));
}
