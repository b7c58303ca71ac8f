import { describe, expect, test } from 'vitest';
import type { SyncState } from '../store/engine.ts';
import { sayingOf } from './saying.ts';

const rest: SyncState = {
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
    expect(sayingOf(rest)).toEqual({ say: 'sent', at: 1 });
  });

  test('[U8] a partial fetch never shows success', () => {
    expect(sayingOf({ ...rest, complete: false })).toEqual({ say: 'unfinished' });
  });

  test('what needs fixing comes before everything else', () => {
    for (const phase of ['offline', 'sending', 'failed', 'sign_in'] as const) {
      expect(sayingOf({ ...rest, phase, fix: 2, waiting: 3 })).toEqual({ say: 'fix', count: 2 });
    }
  });

  test('without a network the number that waits is what matters', () => {
    expect(sayingOf({ ...rest, phase: 'offline', waiting: 2 })).toEqual({
      say: 'waiting',
      count: 2,
      offline: true,
    });
    expect(sayingOf({ ...rest, phase: 'offline' })).toEqual({ say: 'offline' });
  });

  test('[U5, U8] sending counts', () => {
    expect(sayingOf({ ...rest, phase: 'sending', done: 3, total: 7, waiting: 4 })).toEqual({
      say: 'sending',
      done: 3,
      total: 7,
    });
  });

  test('a fetch of news is quiet, the first one is not', () => {
    expect(sayingOf({ ...rest, phase: 'receiving' }).say).toBe('sent');
    expect(sayingOf({ ...rest, phase: 'receiving', complete: false }).say).toBe('receiving');
  });
});
