/** What goes over the wire (W), as types: requests, verdicts, pages and their parts. */

import type { RefusedItem } from '../model/outgoing.ts';
import type { Problem } from '../model/engine.ts';
import type { WireRecord } from '../store/records.ts';
import type { VerdictName } from '../rules/constants.ts';

export interface Verdict {
  id: string;
  verdict: VerdictName;
  seq?: number;
  problem?: Problem;
}

/** What every answer of our server says. */
export interface Heard {
  protocol: number;
  epoch: string;
  /** milliseconds since 1970 */
  server_time: number;
}

/** Records of one case file that follow one another. */
export interface RecordBatch {
  case: string;
  texts: string[];
}

/** The whole answer, after the last batch. */
export interface Page extends Heard {
  backed_up_seq: number;
  verdicts: Verdict[];
  refused?: RefusedItem[];
  touched: WireRecord[];
  files: FileEvent[];
  records: WireRecord[];
  /** more records, not parsed yet (`record_batches.ts`) */
  batches?: RecordBatch[];
  cursor: string;
  more: boolean;
  progress: { done: number; total: number } | null;
}

/** [W7] While batches follow a page is empty, but for the cursor's mark. A device that may only hand in what it has gets none. */
export type Verdicts = Pick<
  Page,
  keyof Heard | 'backed_up_seq' | 'verdicts' | 'refused' | 'touched'
>;

export type FileEvent =
  | { case: string; event: 'backfill' | 'purge' }
  /** [D3] a digest that was asked for, as of a seq: one for each class that this person may read (D4) */
  | { case: string; event: 'check'; class: string; digest: string; seq: number };

interface Reset extends Heard {
  reset: true;
}

export type SyncReply = Page | Verdicts | Reset;

/**
 * What came of a request. `refused` is our server's own refusal; `none` is everything that is not from our server, with the
 * status of whoever answered in its place.
 */
export type CallResult<T> =
  | { ok: T }
  | { refused: Problem; status: number; retryAfterMs: number | null }
  | { none: true; status?: number | undefined };

export interface Link {
  fetch: typeof fetch;
  /** [J1] repeats the value that the server handed out at sign-in, and that lies in the sealed store */
  csrf: () => string;
  /** [J5] a locked device's own credential, in place of a session */
  device?: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
