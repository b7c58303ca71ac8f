import { expect, test } from 'vitest';

const at = { pathname: '/', search: '' };
Object.assign(globalThis, { history: { state: null }, location: at });
const { match } = await import('./router.svelte.ts');

const routes = [
  { path: '/' },
  { path: '/clients/:caseId' },
  { path: '/clients/:caseId/planning/:record?' },
  { path: '/clients/:caseId/notes/new' },
  { path: '/clients/:caseId/notes/:record' },
  { path: '/reminders/:reminder?' },
  { path: '/lists/:kind' },
];

test('[R11] an address is taken for a screen where its parts are ids', () => {
  expect(match(routes, '/clients/north-1')?.params).toEqual({ caseId: 'north-1' });
  expect(match(routes, '/clients/north-1/')?.params).toEqual({ caseId: 'north-1' });
  expect(match(routes, '/clients/north-1/planning')?.params).toEqual({
    caseId: 'north-1',
    record: '',
  });
  expect(match(routes, '/clients/north-1/notes/new')?.params).toEqual({ caseId: 'north-1' });
  expect(match(routes, '/lists/follow_up')?.params).toEqual({ kind: 'follow_up' });
  expect(match(routes, '/reminders')?.params).toEqual({ reminder: '' });
});

test.each([
  '/clients/north-1.',
  '/clients/north-1,',
  '/clients/NORTH-1',
  '/clients/north-1%20',
  '/clients/north%2D1',
  '/clients/%E0%A4%A',
  '/clients/__proto__',
  '/clients/north-1​',
  `/clients/${'a'.repeat(65)}`,
  '/clients/north-1./planning',
  '/clients/north-1/planning/visit-1.',
  '/clients/north-1/notes/note-1)',
  '/reminders/..',
  '/lists/__proto__',
  '/lists/follow_up_',
])('[R11] %s is no address of ours: nothing of it reaches a screen', (path) => {
  expect(match(routes, path)).toBeNull();
});
