import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aino, liisa, record, version } from './cast.fixture.ts';
import { countsOf, goalsOf, movesOf, reordered, stepsOf, trendOf, type Move } from './goals.ts';
import { differingPaths } from './records.ts';

describe('goals', () => {
  test('steps stand in their order, with who did them when', () => {
    const goal = record('goal', 'g', {
      'steps/b': { text: 'Hakemus', order: 0 },
      'steps/a': { text: 'Palkkatodistus', order: 1 },
      'steps_done/b': { on: '2026-12-01', by: 'p-aino' },
      'steps_done/a': null,
    });
    expect(stepsOf(goal)).toEqual([
      {
        id: 'b',
        text: 'Hakemus',
        order: 0,
        doneOn: '2026-12-01',
        doneBy: 'p-aino',
        doer: '',
        help: '',
      },
      { id: 'a', text: 'Palkkatodistus', order: 1, doneOn: null, doneBy: null, doer: '', help: '' },
    ]);
  });

  test('[M6, M7] a step that was taken away is not shown, whether it was done or not', () => {
    const goal = record('goal', 'g', {
      'steps/a': null,
      'steps/b': { text: 'Hakemus', order: 1 },
      'steps_done/a': { on: '2026-12-01', by: 'p-aino' },
    });
    expect(stepsOf(goal).map((step) => step.id)).toEqual(['b']);
  });

  test('[M1] taken away here and reworded there: what is shown is the later one, and both differ', () => {
    const gone = version('c1', null, aino, 1);
    const reworded = version('c2', { text: 'Uusi sana', order: 0 }, liisa, 2);
    const goal = record('goal', 'g', { 'steps/a': [reworded, gone] });
    expect(stepsOf(goal).map((step) => step.text)).toEqual(['Uusi sana']);
    expect(stepsOf(record('goal', 'g', { 'steps/a': [gone, reworded] }))).toEqual([]);
    expect(differingPaths(goal)).toEqual(['steps/a']);
  });

  test('moving a step keeps all of them and numbers them anew', () => {
    const sizes = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(sizes, fc.nat(7), fc.constantFrom(-1, 1), (size, index, by) => {
        const steps = Array.from({ length: size }, (_, order) => ({ id: `s${order}`, order }));
        const moved = reordered(steps, `s${index}`, by);
        expect(moved.map((step) => step.id).toSorted()).toEqual(steps.map((step) => step.id));
        expect(moved.map((step) => step.order)).toEqual(steps.map((step) => step.order));
        const to = index + by;
        if (index < size && to >= 0 && to < size) expect(moved[to]?.id).toBe(`s${index}`);
      }),
    );
  });

  test('open goals come by their review date, ended and removed ones apart', () => {
    const goals = goalsOf([
      record('goal', 'undated', { status: 'agreed' }),
      record('goal', 'soon', { status: 'in_progress', review_on: '2026-12-05' }),
      record('goal', 'reached', { status: 'reached' }),
      record('goal', 'gone', { status: 'agreed', removed: { saw: [] } }),
      record('note', 'n', {}),
    ]);
    expect(goals.open.map((goal) => goal.id)).toEqual(['soon', 'undated']);
    expect(goals.closed.map((goal) => goal.id)).toEqual(['reached']);
    expect(goals.removed.map((goal) => goal.id)).toEqual(['gone']);
  });

  test('[U41] the trend is what the last visit said, however it went before', () => {
    const history = (...moves: Move[]) =>
      moves.map((move, i) => ({ visit: `v${i}`, at: `${i}`, move }));
    expect(trendOf([])).toBeNull();
    expect(trendOf(history('forward', 'forward', 'same', 'same'))).toEqual({
      move: 'same',
      inARow: 2,
    });
    expect(trendOf(history('same', 'back', 'forward'))).toEqual({ move: 'forward', inARow: 1 });
    expect(trendOf(history('back'))).toEqual({ move: 'back', inARow: 1 });
    expect(countsOf(history('back', 'forward', 'back'))).toEqual([
      { move: 'forward', count: 1 },
      { move: 'back', count: 2 },
    ]);
  });

  test('moves come from the visits that touched the goal, oldest first', () => {
    const visit = (id: string, start: string, move: string) =>
      record('visit', id, {
        actual: { start, end: start },
        outcome: { code: 'done' },
        'goal_moves/g': move,
      });
    const moves = movesOf('g', [
      visit('v2', '2026-12-02T10:00:00Z', 'forward'),
      visit('v1', '2026-12-01T10:00:00Z', 'same'),
      visit('v3', '2026-12-03T10:00:00Z', 'sideways'),
    ]);
    expect(moves.map((one) => one.move)).toEqual(['same', 'forward']);
  });
});
