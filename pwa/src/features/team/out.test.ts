import { expect, test } from 'vitest';
import { app } from '../../app/app.svelte.ts';
import type { Engine } from '../../model/engine.ts';
import { outNow } from './out.svelte.ts';

const one = (id: string, stage: string, deadline: string) => ({ id, stage, deadline });
const pages: Record<string, unknown> = {
  '': { check_ins: [one('a', 'alert', '3'), one('b', 'on', '1')], next: 'x', server_time: 't1' },
  x: { check_ins: [one('b', 'asked', '1'), one('c', 'on', '2')], next: null, server_time: 't2' },
};
const engine = {
  subscribe: () => Promise.resolve(),
  profiles: () => Promise.resolve([]),
  ask: (_: string, path: string) =>
    Promise.resolve({ ok: pages[new URL(path, 'http://x').searchParams.get('after') ?? ''] }),
} as unknown as Engine;

test('[K3] all pages of who is out are on the screen, who moved between two of them once', async () => {
  await app.start(engine);
  await outNow.look();
  expect(outNow.list.map(({ id, stage }) => [id, stage])).toEqual([
    ['a', 'alert'],
    ['b', 'asked'],
    ['c', 'on'],
  ]);
  expect(outNow.at).toBe('t2');
});
