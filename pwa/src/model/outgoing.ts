/** What a device sends in an exchange, and which items of it were not taken (W14). */

import type { Change } from '../rules/merge.ts';
import type { Problem } from './engine.ts';

export interface SyncRequest {
  protocol: number;
  schema: number;
  device: string;
  cursor: string | null;
  changes: Change[];
  /** more batches follow */
  more_follow: boolean;
  /** [S7] ids of changes that go to the supervisor where they are refused */
  escalated?: string[];
  reads?: Reading[];
  /** case files whose digest is asked for, and those to be filled anew (D3) */
  check?: string[];
  repair?: string[];
}

/** That a case file was opened here (L3); `at` is a stamp. */
export interface Reading {
  id: string;
  case: string;
  at: string;
}

/** [W14] An item of another list that was not taken, by its place in the request. */
export interface RefusedItem {
  list: 'escalated' | 'reads' | 'check' | 'repair';
  index: number;
  problem: Problem;
}
