import { expect, test } from 'vitest';
import type { CaseSummary } from '../model/engine.ts';
import { findClients } from './find_clients.ts';

const inOrder = new Intl.Collator('fi').compare;

function client(name: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return {
    case: name,
    clientId: 'OV-0001',
    name,
    address: 'Esimerkkikatu 3',
    phone: null,
    status: null,
    phase: null,
    countedMinutes: {},
    ownWorker: null,
    team: null,
    safety: [],
    safetyNote: null,
    lastContact: null,
    visits: [],
    openGoals: 0,
    differing: [],
    records: 1,
    ...more,
  };
}

const matti = client('Matti Ärjä', { clientId: 'OV-0012' });
const anna = client('Anna Öljymäki', { address: 'Kokeilupolku 7' });
const all = [anna, matti];
const found = (typed: string) => findClients(all, typed, inOrder).map((one) => one.name);

test('an empty search finds everybody, by the Finnish alphabet', () => {
  expect(found('  ')).toEqual(['Anna Öljymäki', 'Matti Ärjä']);
});

test('the beginning of any word finds, in any order and case', () => {
  expect(found('ärj mat')).toEqual(['Matti Ärjä']);
  expect(found('ov-0012')).toEqual(['Matti Ärjä']);
  expect(found('kokeilu')).toEqual(['Anna Öljymäki']);
});

test('an address that must not be told is not searched', () => {
  const hidden = client('Sari', { address: 'Salatie 1', safety: ['non_disclosure'] });
  expect(findClients([hidden], 'salatie', inOrder)).toEqual([]);
});

test('[F1] ä, ö and å find themselves first, and then what is spelt without', () => {
  const names = ['Arja Ahma', 'Ärjä Åberg', 'Ilja Järvinen', 'Ilja Jarvinen'].map((name) =>
    client(name),
  );
  const firstOf = (typed: string) => findClients(names, typed, inOrder).map(({ name }) => name);
  expect(firstOf('ärjä')).toEqual(['Ärjä Åberg', 'Arja Ahma']);
  expect(firstOf('arja')).toEqual(['Arja Ahma', 'Ärjä Åberg']);
  expect(firstOf('jarvinen')).toEqual(['Ilja Jarvinen', 'Ilja Järvinen']);
  expect(firstOf('järvinen ilja')).toEqual(['Ilja Järvinen', 'Ilja Jarvinen']);
  expect(firstOf('åberg')).toEqual(['Ärjä Åberg']);
});

test('[F1] either half of a double name, the digits of a code and of a phone number in any spelling', () => {
  const one = client('Anna-Liisa Mäki‑Virtanen', {
    clientId: 'OV-0012',
    phone: '+358 (0)40 123 4567',
  });
  const other = client('Liisi Muu', { clientId: 'OV-0034', phone: '050 765 4321', address: null });
  for (const typed of [
    'liisa',
    'virtanen',
    'maki',
    'annaliisa',
    'anna-liisa',
    'Mäki-Virt',
    '0012',
    '12',
    'ov12',
    'ov 12',
    'ov0012',
    'OV-0012',
    '0401234567',
    '040 123',
    '+35840',
    '4567',
    '00358 40 123',
    '040-1234567',
    'liisa 040 123',
  ])
    // prettier-ignore
    expect([typed, findClients([other, one], typed, inOrder).map(({ name }) => name)]).toEqual([typed, [one.name]]);
});

test('[F1] [H7] a client with two files is found by what either calls them, and by no address of the other', () => {
  const other = client('Matias Ärjä', { clientId: 'OV-0777', address: 'Salakuja 3' });
  const twice = { ...matti, duplicates: [other] };
  const names = (typed: string) =>
    findClients([anna, twice], typed, inOrder).map(({ name }) => name);
  expect(names('matias')).toEqual(['Matti Ärjä']);
  expect(names('777')).toEqual(['Matti Ärjä']);
  expect(names('salakuja')).toEqual([]);
});

test("[F1] [F7] a worker's name finds their clients where a screen asks for it", () => {
  const clients = [client('Paavo V.', { ownWorker: 'w1' }), client('Eino L.', { ownWorker: 'w2' })];
  const names: Record<string, string> = { w1: 'Liisa Järvinen', w2: 'Aino Koski' };
  const find = (typed: string, also = true) =>
    findClients(
      clients,
      typed,
      inOrder,
      also ? ({ ownWorker }) => names[ownWorker ?? ''] ?? '' : undefined,
    );
  expect(find('jarvi').map(({ name }) => name)).toEqual(['Paavo V.']);
  expect(find('paavo liisa')).toHaveLength(1);
  expect(find('jarvi', false)).toEqual([]);
});
