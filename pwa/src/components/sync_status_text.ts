/** What the sync chip says: the most urgent thing first, and only one. Pure; the words stand in screens' own table. */

import type { SyncStatus } from '../model/engine.ts';

export type SyncStatusText =
  | { text: 'fix'; count: number }
  | { text: 'signInNeeded' | 'updateNeeded' | 'failed' | 'offline' | 'unfinished' | 'nothingSent' }
  | { text: 'sending' | 'receiving'; done: number; total: number }
  | { text: 'waiting'; count: number; offline: boolean }
  | { text: 'sent'; at: number };

export function syncStatusText(status: SyncStatus): SyncStatusText {
  const { phase, done, total } = status;
  if (status.fix > 0) return { text: 'fix', count: status.fix };
  if (phase === 'sign_in') return { text: 'signInNeeded' };
  if (phase === 'update') return { text: 'updateNeeded' };
  if (phase === 'failed') return { text: 'failed' };
  if (phase === 'sending') return { text: 'sending', done, total };
  if (status.waiting > 0) {
    return { text: 'waiting', count: status.waiting, offline: phase === 'offline' };
  }
  if (phase === 'offline') return { text: 'offline' };
  if (phase === 'receiving' && !status.complete) return { text: 'receiving', done, total };
  // A partial fetch never shows success.
  if (!status.complete) return { text: 'unfinished' };
  if (status.lastSentAt !== null) return { text: 'sent', at: status.lastSentAt };
  return { text: 'nothingSent' };
}
