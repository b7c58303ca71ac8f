/** What one exchange goes by, and what came of it, as types. */

import type { SyncRequest } from '../model/outgoing.ts';
import type { Store } from '../store/store.ts';
import type { CallResult, FileEvent, Link, SyncReply } from './messages.ts';

export type Outcome = { done: true } | Exclude<CallResult<SyncReply>, { ok: unknown }>;

export interface Progress {
  phase: 'sending' | 'receiving';
  done: number;
  total: number;
}

export interface Exchange {
  store: Store;
  link: Link;
  device: string;
  progress: (progress: Progress) => void;
  /** asked for with the first request that gets a page: digests to compare, files to fill anew (D3) */
  ask?: Asking;
  /** what was said of case files, once it is stored */
  heard?: (files: FileEvent[]) => void;
  /** the share of a full batch that the last requests got through: halved by silence, doubled by success */
  batching: { share: number; broken?: number };
  /** [W13] the server's, once it has answered */
  protocol?: number;
  /** [R12] a body was refused as a whole */
  bisection?: Bisection;
}

/** `passed`: since then a body without anything of ours got through */
export interface Bisection {
  passed: boolean;
}

/** What is asked beside the outbox (D3), as much at a time as a request may ask. */
export interface Asking {
  next: () => Pick<SyncRequest, 'check' | 'repair'>;
  asked: (request: SyncRequest) => void;
  readonly isLeft: boolean;
}
