import { describe, expect, test } from 'vitest';
import { liisa, record, version } from './cast.fixture.ts';
import { changedSinceRemoval, isRemoved } from '../rules/merge.ts';
import { hasLeftHere, removalOf, returnOf } from './removal.ts';

const goal = record('goal', 'g-1', {
  title: [version('t1', 'Oma yksiö')],
  status: [version('s2', 'agreed', liisa, 4), version('s1', 'agreed')],
});

describe('removing and bringing back', () => {
  test('[M7] a removal names every version that was shown, equal ones too', () => {
    expect(removalOf(goal).set).toEqual({ removed: { saw: ['s1', 's2', 't1'] } });
  });

  test('[M7] a removal says why, where somebody said so, and nothing else', () => {
    const saw = ['s1', 's2', 't1'];
    const said = removalOf(goal, { why: 'wrong_client', words: ' Naapurin asia ' });
    expect(said.set).toEqual({ removed: { saw, why: 'wrong_client', words: 'Naapurin asia' } });
    expect(removalOf(goal, { why: null, words: ' ' }).set).toEqual({ removed: { saw } });
  });

  test('[M7] a reason is asked for what others may have read, not for a slip of one’s own', () => {
    expect(hasLeftHere(goal)).toBe(true);
    expect(hasLeftHere({ ...goal, pending: ['s1', 't1'] })).toBe(true);
    expect(hasLeftHere({ ...goal, pending: ['s1', 's2', 't1'] })).toBe(false);
  });

  test('[M7] a differing value that was not shown is not named', () => {
    const differing = structuredClone(goal);
    differing.fields['title']?.push(version('t0', 'Yksiö', liisa));
    const saw = removalOf(differing).set['removed'];
    expect(JSON.stringify(saw)).not.toContain('t0');
  });

  test('[M7] what the remover had not seen makes it removed, but changed since', () => {
    const removed = structuredClone(goal);
    removed.fields['removed'] = [version('r1', { saw: ['s1', 's2', 't1'] })];
    expect(changedSinceRemoval(removed)).toEqual({});
    removed.fields['title'] = [version('t2', 'Oma kaksio', liisa, 9)];
    expect(isRemoved(removed)).toBe(true);
    expect(Object.keys(changedSinceRemoval(removed))).toEqual(['title']);
  });

  test('[M7] what either of two removers had seen is no news', () => {
    const removed = structuredClone(goal);
    removed.fields['removed'] = [
      version('r2', { saw: ['t1'] }, liisa, 9),
      version('r1', { saw: ['s1', 's2'] }),
    ];
    expect(changedSinceRemoval(removed)).toEqual({});
  });

  test('[M7] bringing back is a change that has seen the removal', () => {
    const removed = structuredClone(goal);
    removed.fields['removed'] = [version('r1', { saw: [] })];
    expect(returnOf(removed)).toMatchObject({ set: { removed: null }, seen: { removed: ['r1'] } });
  });

  test('what was never removed has nothing to have seen of a removal', () => {
    expect(removalOf(goal).seen).toEqual({});
    expect(isRemoved(goal)).toBe(false);
  });
});
