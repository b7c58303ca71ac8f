import { describe, expect, test } from 'vitest';
import { instantAt } from '../../domain/wall_clock.ts';
import { spanFrom, timesOf } from '../../forms/times.ts';
import { keepingLength } from './keeping_length.ts';

const shown = (found: { day: string; start: string; end: string }) =>
  `${found.day} ${found.start}–${found.end}`;

describe('moving the start', () => {
  const before = timesOf({
    start: instantAt('2026-12-01', '10:00'),
    end: instantAt('2026-12-01', '11:15'),
  });

  test('[U20] keeps the length, past midnight too', () => {
    expect(shown(keepingLength({ ...before, start: '13:00' }, before))).toBe(
      '2026-12-01 13:00–14:15',
    );
    expect(shown(keepingLength({ ...before, start: '23:30' }, before))).toBe(
      '2026-12-01 23:30–00:45',
    );
  });

  test('[U20] keeps it in real minutes in the night that skips an hour', () => {
    const night = keepingLength({ ...before, day: '2027-03-28', start: '02:30' }, before);
    expect(night.end).toBe('04:45');
    expect(spanFrom(night)?.end).toBe('2027-03-28T01:45:00Z');
  });

  test('[E1] changes nothing while the start is half typed, stands, or the end was typed with it', () => {
    for (const start of ['', '10:00']) {
      const times = { ...before, start };
      expect(keepingLength(times, before)).toBe(times);
    }
    const both = { ...before, start: '12:00', end: '12:30' };
    expect(keepingLength(both, before)).toBe(both);
  });
});
