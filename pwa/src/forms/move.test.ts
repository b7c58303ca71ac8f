import { describe, expect, test } from 'vitest';
import { aino, liisa, record, version } from '../domain/cast.fixture.ts';
import { daysLater } from '../domain/week.ts';
import type { Span } from '../domain/visits.ts';
import { moveEdit } from './move.ts';

const shown: Span = { start: '2026-12-01T07:00:00Z', end: '2026-12-01T08:00:00Z' };
const others: Span = { start: '2026-12-02T07:00:00Z', end: '2026-12-02T08:00:00Z' };
const planOf = (span: Span) => ({ ...span, zone: 'Europe/Helsinki' });
const nextWeek = daysLater(shown, 7);

describe('a visit moved in the calendar', () => {
  test('[M10] sets the plan alone and has seen the plan that was shown', () => {
    const visit = record('visit', 'v-1', { plan: planOf(shown), place: 'client_home' });
    expect(moveEdit(visit, shown, nextWeek)).toEqual({
      record: 'v-1',
      kind: 'visit',
      case: 'c-1',
      set: { plan: planOf(nextWeek) },
      seen: { plan: ['v-1:plan'] },
    });
  });

  test('[M10] of two plans that stand beside each other it has seen the shown one only', () => {
    const visit = record('visit', 'v-1', {
      plan: [version('a', planOf(shown), aino, 2), version('b', planOf(others), liisa, 1)],
    });
    expect(moveEdit(visit, shown, nextWeek)?.seen).toEqual({ plan: ['a'] });
  });

  test('[M10, R9] has not seen a plan that came after the calendar was painted', () => {
    const visit = record('visit', 'v-1', { plan: [version('b', planOf(others), liisa, 1)] });
    expect(moveEdit(visit, shown, nextWeek)?.seen).toEqual({});
  });

  test('put down where it was, nothing is saved', () => {
    const visit = record('visit', 'v-1', { plan: planOf(shown) });
    expect(moveEdit(visit, shown, shown)).toBeNull();
  });

  test('[U46, M10] goes to another person on the same day, and has seen who made it', () => {
    const visit = record('visit', 'v-1', { plan: planOf(shown), worker: aino });
    const handed = { as: 'worker', was: aino, to: liisa } as const;
    const edit = moveEdit(visit, shown, shown, handed);
    expect(edit?.set).toEqual({ worker: liisa });
    expect(edit?.seen).toEqual({ worker: ['v-1:worker'] });
  });

  test('[U46, M10, R9] has not seen to whom somebody else gave it meanwhile', () => {
    const visit = record('visit', 'v-1', {
      plan: planOf(shown),
      worker: [version('b', 'p-ville')],
    });
    const handed = { as: 'worker', was: aino, to: liisa } as const;
    expect(moveEdit(visit, shown, nextWeek, handed)?.seen).toEqual({});
  });
});
