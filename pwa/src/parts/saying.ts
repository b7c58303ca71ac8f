/** What the sync chip says: the most urgent thing first, and only one. Pure; the words stand in screens' own table. */

import type { SyncState } from '../store/engine.ts';

export type SyncSaying =
  | { say: 'fix'; count: number }
  | { say: 'signIn' | 'update' | 'failed' | 'offline' | 'unfinished' | 'nothing' }
  | { say: 'sending' | 'receiving'; done: number; total: number }
  | { say: 'waiting'; count: number; offline: boolean }
  | { say: 'sent'; at: number };

export function sayingOf(state: SyncState): SyncSaying {
  const { phase, done, total } = state;
  if (state.fix > 0) return { say: 'fix', count: state.fix };
  if (phase === 'sign_in') return { say: 'signIn' };
  if (phase === 'update') return { say: 'update' };
  if (phase === 'failed') return { say: 'failed' };
  if (phase === 'sending') return { say: 'sending', done, total };
  if (state.waiting > 0) {
    return { say: 'waiting', count: state.waiting, offline: phase === 'offline' };
  }
  if (phase === 'offline') return { say: 'offline' };
  if (phase === 'receiving' && !state.complete) return { say: 'receiving', done, total };
  // A partial fetch never shows success.
  if (!state.complete) return { say: 'unfinished' };
  if (state.lastSentAt !== null) return { say: 'sent', at: state.lastSentAt };
  return { say: 'nothing' };
}
