/** What this device keeps beside the case files: a small index of them, and where it stands with the server. */

import { ZERO } from '../rules/clock.ts';
import type { CaseSummary, Person } from '../model/engine.ts';

/** What the small sealed index keeps of a case file. */
export interface IndexEntry {
  case: string;
  /** the reset after which a record of it came last; what the first fetch after a reset did not bring is not ours any more */
  resetCount: number;
  /** for which the summary was made */
  day: string;
  segments: number;
  /** the number of the last of them; missing where it was never noted */
  last?: number;
  summary: CaseSummary | null;
  /** only of the shared file */
  people?: Person[];
  /** [R7] access was lost; it goes once nothing of it waits */
  purge?: true;
}

/** Where this device stands with the server. */
export interface SyncState {
  cursor: string | null;
  epoch: string | null;
  /** counts the resets of this device (P6) */
  resetCount: number;
  backedUpSeq: number;
  /** the clock's last stamp, and the outbox's next counter, as of the last exchange */
  clock: string;
  counter: number;
  /** the highest counter that a request has carried: what stands above can still be taken back */
  lastSentCounter: number;
  /** the first fetch is complete */
  complete: boolean;
  done: number;
  total: number;
  lastSentAt: number | null;
  lastFetchedAt: number | null;
  clockSkewMs: number | null;
  /** after a reset: files and records of earlier eras go when the fetch is complete */
  sweep: boolean;
  /** when digests were last compared (ms) */
  checkedAt: number;
}

export const START: SyncState = {
  cursor: null, epoch: null, resetCount: 1, backedUpSeq: 0, clock: ZERO, counter: 0, lastSentCounter: 0, complete: false,
  done: 0, total: 0, lastSentAt: null, lastFetchedAt: null, clockSkewMs: null, sweep: false, checkedAt: 0,
}; // prettier-ignore
