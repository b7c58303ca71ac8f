import { describe, expect, test } from 'vitest';
import type { SyncStatus } from '../model/engine.ts';
import { syncStatusText } from './sync_status_text.ts';

const rest: SyncStatus = {
  phase: 'idle',
  done: 0,
  total: 0,
  waiting: 0,
  fix: 0,
  lastSentAt: 1,
  lastFetchedAt: 1,
  clockSkewMs: null,
  complete: true,
};

describe('what the chip says', () => {
  test('all sent, with its time', () => {
    expect(syncStatusText(rest)).toEqual({ text: 'sent', at: 1 });
  });

  test('[U8] a partial fetch never shows success', () => {
    expect(syncStatusText({ ...rest, complete: false })).toEqual({ text: 'unfinished' });
  });

  test('what needs fixing comes before everything else', () => {
    for (const phase of ['offline', 'sending', 'failed', 'sign_in'] as const) {
      expect(syncStatusText({ ...rest, phase, fix: 2, waiting: 3 })).toEqual({
        text: 'fix',
        count: 2,
      });
    }
  });

  test('without a network the number that waits is what matters', () => {
    expect(syncStatusText({ ...rest, phase: 'offline', waiting: 2 })).toEqual({
      text: 'waiting',
      count: 2,
      offline: true,
    });
    expect(syncStatusText({ ...rest, phase: 'offline' })).toEqual({ text: 'offline' });
  });

  test('[U5, U8] sending counts', () => {
    expect(syncStatusText({ ...rest, phase: 'sending', done: 3, total: 7, waiting: 4 })).toEqual({
      text: 'sending',
      done: 3,
      total: 7,
    });
  });

  test('a fetch of news is quiet, the first one is not', () => {
    expect(syncStatusText({ ...rest, phase: 'receiving' }).text).toBe('sent');
    expect(syncStatusText({ ...rest, phase: 'receiving', complete: false }).text).toBe('receiving');
  });
});
