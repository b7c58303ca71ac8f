import { expect, test } from 'vitest';
import type { Person } from '../model/engine.ts';
import { reachable } from './team.ts';

function person(id: string, more: Partial<Person> = {}): Person {
  return { id, name: id, role: 'field_worker', team: 'north', phone: null, ...more };
}

const aino = person('aino');
const liisa = person('liisa', { phone: '040 000 0001' });
const mikko = person('mikko', { role: 'team_leader', phone: '040 000 0099' });
const south = person('leader of South', {
  role: 'team_leader',
  team: 'south',
  phone: '040 000 0098',
});

test('[K8] the team’s own number comes before its leader’s', () => {
  const me = { ...aino, teamPhone: '040 000 0100' };
  expect(reachable(me, [liisa, mikko])).toEqual({ phone: '040 000 0100', leader: null });
});

test('[K8] where the team has none its leader is called, and no other team’s', () => {
  expect(reachable(aino, [south, liisa, mikko])).toEqual({ phone: '040 000 0099', leader: mikko });
  expect(reachable(aino, [south, liisa])).toBeNull();
});

test('nobody is told to call themselves', () => {
  expect(reachable(mikko, [aino, mikko])).toBeNull();
});
