import { expect, test } from 'vitest';
import { record } from './cast.fixture.ts';
import { openFirst, tickList } from './checklists.ts';

const outline = { code: 'home_care', items: ['home_care.cleaning', 'home_care.waste'] };

test('a list shows who ticked what, when and at which visit', () => {
  const list = record('checklist', 'k-1', {
    'ticks/home_care.waste': { done: true, on: '2026-12-01', by: 'p-aino', visit: 'v-1' },
  });
  expect(tickList(outline, [list])).toEqual({
    code: 'home_care',
    done: 1,
    items: [
      { code: 'home_care.cleaning', done: false, on: null, by: null, visit: null },
      { code: 'home_care.waste', done: true, on: '2026-12-01', by: 'p-aino', visit: 'v-1' },
    ],
  });
});

test('[M7] a tick taken away is not done, and a tick in either of two lists counts', () => {
  const taken = record('checklist', 'k-1', { 'ticks/home_care.waste': { done: false } });
  const other = record('checklist', 'k-2', { 'ticks/home_care.waste': { done: true } });
  expect(tickList(outline, [taken]).done).toBe(0);
  expect(tickList(outline, [taken, other]).done).toBe(1);
});

test('[U42] open items come first, in the order of the list, and a new tick moves nothing', () => {
  const items = ['a', 'b', 'c', 'd'].map((code) => ({ code }));
  const codes = (done: string[]) => openFirst(items, new Set(done)).map(({ code }) => code);
  expect(codes(['a', 'c'])).toEqual(['b', 'd', 'a', 'c']);
  expect(codes([])).toEqual(['a', 'b', 'c', 'd']);
  expect(codes(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd']);
});
