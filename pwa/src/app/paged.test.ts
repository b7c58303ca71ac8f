import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { app } from './app.svelte.ts';
import { PagedList } from './paged.svelte.ts';
import type { Engine } from '../model/engine.ts';

interface Reply {
  names: string[];
  next: string | null;
}

/** A server of three pages; `null`: there is no network. */
let pages: Record<string, Reply> | null;
const asked: string[] = [];

const engine = {
  subscribe: () => Promise.resolve(),
  profiles: () => Promise.resolve([]),
  ask: (_: string, path: string) => {
    asked.push(path);
    const after = new URL(path, 'http://localhost').searchParams.get('after') ?? '';
    return Promise.resolve(pages ? { ok: pages[after] } : { none: true });
  },
} as unknown as Engine;

beforeAll(() => app.start(engine));

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  asked.length = 0;
  pages = {
    '': { names: ['a', 'b'], next: '2026/b' },
    '2026/b': { names: ['c'], next: '2026/c' },
    '2026/c': { names: ['d'], next: null },
  };
});

const list = () => new PagedList<Reply, string>('/api/names', 'names', (reply) => reply.names);

test('a page at first, then the one after it, to the last', async () => {
  const names = list();
  await names.fetch();
  expect([names.items, names.next]).toEqual([['a', 'b'], '2026/b']);
  expect(asked).toEqual(['/api/names']);
  await names.fetch(true);
  expect([names.items, names.next]).toEqual([['a', 'b', 'c'], '2026/c']);
  expect(asked.at(-1)).toBe('/api/names?after=2026%2Fb');
  await names.fetch(true);
  expect([names.items, names.next]).toEqual([['a', 'b', 'c', 'd'], null]);
});

test('fetched again it has as many as were shown', async () => {
  const names = list();
  await names.fetch();
  await names.fetch(true);
  await names.fetch();
  expect(names.items).toEqual(['a', 'b', 'c']);
});

test('without a network what was shown stays, and it is told', async () => {
  const names = list();
  await names.fetch();
  pages = null;
  await names.fetch(true);
  expect([names.items, names.failed, names.fetching]).toEqual([['a', 'b'], 'no_connection', false]);
});
