import { describe, expect, test } from 'vitest';
import type { Span } from '../domain/visits.ts';
import { instantAt } from '../domain/wall_clock.ts';
import { timesAt, timesSoon } from './soon.ts';

const span = (day: string, from: string, to: string): Span => ({
  start: instantAt(day, from),
  end: instantAt(day, to),
});
const at = (day: string, clock: string) => Date.parse(instantAt(day, clock));
const shown = (found: { day: string; start: string; end: string }) =>
  `${found.day} ${found.start}–${found.end}`;

describe('when a visit is proposed', () => {
  test('[U20] where no turn of the rhythm is due, the next free hour of this day', () => {
    const tuesday = at('2026-12-01', '09:40');
    expect(shown(timesSoon(null, [], tuesday))).toBe('2026-12-01 10:00–11:00');
    const taken = [span('2026-12-01', '10:00', '11:00')];
    expect(shown(timesSoon(null, taken, tuesday))).toBe('2026-12-01 11:00–12:00');
  });

  test('[U20] where the day is full or over, the next working day; a holiday is none', () => {
    const full = [span('2026-12-01', '08:00', '17:00')];
    expect(shown(timesSoon(null, full, at('2026-12-01', '09:40')))).toBe('2026-12-02 10:00–11:00');
    expect(shown(timesSoon(null, [], at('2026-12-23', '18:00')))).toBe('2026-12-28 09:00–10:00');
  });

  test('[U20] a turn of the rhythm stands, and gives way to a free time of its day where it is taken', () => {
    const turn = span('2026-12-08', '14:30', '15:40');
    const now = at('2026-12-01', '09:40');
    expect(shown(timesSoon(turn, [], now))).toBe('2026-12-08 14:30–15:40');
    const taken = [span('2026-12-08', '15:00', '16:00')];
    expect(shown(timesSoon(turn, taken, now))).toBe('2026-12-08 13:30–14:40');
    const full = [span('2026-12-08', '08:00', '17:00')];
    expect(shown(timesSoon(turn, full, now))).toBe('2026-12-08 14:30–15:40');
  });

  test('[T1] a slot of the calendar is an hour from there; what says no time is none', () => {
    const found = timesAt('2026-12-01T23:30');
    expect(found && shown(found)).toBe('2026-12-01 23:30–00:30');
    for (const wrong of [
      null,
      '',
      '2026-12-01',
      '2026-02-30T10:00',
      '2026-12-01T25:00',
      '9999-12-31T10:00',
    ])
      expect(timesAt(wrong)).toBeNull();
  });
});
