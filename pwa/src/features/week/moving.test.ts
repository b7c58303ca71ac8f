import { beforeAll, expect, test } from 'vitest';
import { app } from '../../app/app.svelte.ts';
import { client, openApp, person } from '../../app/app.fixture.ts';
import type { Item } from '../../domain/agenda.ts';
import { Moving } from './moving.svelte.ts';

beforeAll(async () => {
  const start = '2026-12-03T08:00:00Z';
  await openApp({
    me: 'mikko',
    people: [
      person('mikko', 'team_leader'),
      person('aino', 'field_worker'),
      person('liisa', 'field_worker'),
      person('ville', 'field_worker'),
      person('olavi', 'expert_by_experience'),
    ],
    summaries: [client('eino', 'aino', { start, worker: 'aino', partner: 'liisa' })],
  });
});

test('[U46] who meets no clients takes no visit, nor does nobody’s row, nor the other of two', () => {
  const [eino] = app.summaries;
  const moving = new Moving({ client: eino, visit: eino?.visits[0] } as Item, 'aino');
  const takes = ['aino', 'ville', 'liisa', 'mikko', 'olavi', 'gone', null].filter((one) =>
    moving.takes(one),
  );
  expect(takes).toEqual(['aino', 'ville', 'mikko']);
});
