import { expect, test } from 'vitest';
import type { CaseSummary } from '../../store/engine.ts';
import { findClients } from './find.ts';

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
    hoursPerMonth: 7,
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

test('a and ä are different letters', () => {
  expect(found('arjä')).toEqual([]);
});

test('an address that must not be told is not searched', () => {
  const hidden = client('Sari', { address: 'Salatie 1', safety: ['non_disclosure'] });
  expect(findClients([hidden], 'salatie', inOrder)).toEqual([]);
});
