import { beforeAll, expect, test, vi } from 'vitest';
import { app } from '../app/app.svelte.ts';
import { client, openApp, person } from '../app/app.fixture.ts';
import type { Item } from '../domain/agenda.ts';
import { rowTotalOf } from './visit_item.ts';
import { standIns } from './stand_ins.svelte.ts';
import { teammates, toldOfOther, toldOfPlace, askedVisitOf } from './told.ts';

const at = (clock: string) => `2026-12-03T${clock}:00Z`;
const span = { start: at('08:00'), end: at('09:00') };

beforeAll(async () => {
  vi.setSystemTime(at('06:00'));
  await openApp({
    me: 'mikko',
    people: [
      person('mikko', 'team_leader'),
      person('aino', 'field_worker'),
      person('liisa', 'field_worker'),
      person('ville', 'field_worker'),
      person('satu', 'admin'),
      person('sanna', 'field_worker', 'south'),
    ],
    summaries: [
      client('eino', 'aino', {
        start: at('06:00'),
        end: at('07:00'),
        worker: 'aino',
        partner: 'liisa',
      }),
      client('tyyne', 'liisa', { start: at('08:30'), end: at('09:30'), worker: 'liisa' }),
    ],
    answers: {
      '/api/team/stand-ins': {
        stand_ins: [{ user: 'ville', until: '2026-12-04T22:00:00Z', cases: ['eino'] }],
      },
    },
  });
  await standIns.look();
});

function pair() {
  const [eino] = app.summaries;
  return askedVisitOf({ client: eino, visit: eino?.visits[0] } as Item);
}

test('[U46] those who meet clients, of one’s own team', () => {
  expect(teammates().map(({ id }) => id)).toEqual(['aino', 'liisa', 'mikko', 'ville']);
});

test('[U46, E7] what the other of two has at that time is told as one’s own is', () => {
  const clash = 'Työparilla (Liisa) on samaan aikaan sovittu: 10.30–11.30, asiakas tyyne';
  expect(toldOfPlace(pair(), 'aino', span, [], 'aino')).toContain(clash);
  expect(toldOfOther(pair(), 'aino', span)).toEqual([clash]);
  expect(toldOfOther(pair(), 'liisa', span), 'Aino is free').toEqual([]);
  expect(toldOfOther({ ...pair(), partner: null }, 'aino', span)).toEqual([]);
});

test('[U46, A11] that somebody stands in, and who stands in may read until it is over', () => {
  const alone = { ...pair(), partner: null };
  expect(toldOfPlace(alone, 'aino', span)).toEqual(['Aino: silloin sijaisena Ville']);
  expect(toldOfPlace(alone, 'ville', span)).toEqual([]);
  const later = { start: '2026-12-05T08:00:00Z', end: '2026-12-05T09:00:00Z' };
  expect(toldOfPlace(alone, 'aino', later)).toEqual([]);
  expect(toldOfPlace(alone, 'ville', later)).toEqual(['Ville ei ehkä näe tämän asiakkaan tietoja']);
});

test('[U46] of a colleague none of whose visits lie here it is not said that there are none', () => {
  const [eino] = app.summaries;
  const item = { client: eino, visit: eino?.visits[0] } as Item;
  expect(rowTotalOf([{ items: [] }, { items: [] }])).toBe('');
  expect(rowTotalOf([{ items: [] }, { items: [item] }])).toMatch(/^1 käynti/u);
});
