import { expect, test } from 'vitest';
import type { CaseSummary } from '../model/engine.ts';
import { likeClients, type Entered } from './likeness.ts';

function known(name: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return { case: name, name, phone: null, birthYear: null, ...more } as CaseSummary;
}

const typed = (name: string, more: Partial<Entered> = {}): Entered => ({
  case: 'new',
  name,
  birthYear: null,
  phone: '',
  ...more,
});

const found = (entered: Entered, ...clients: CaseSummary[]) =>
  likeClients(entered, clients).map((client) => client.name);

test.each([
  ['Aino Virtanen', 'Aino Virtanen'],
  ['virtanen aino', 'Aino Virtanen'],
  ['Aino Wirtanen', 'Aino Virtanen'],
  ['Aino Virtanne', 'Aino Virtanen'],
  ['Päivi Mäkelä', 'Paivi Makela'],
  ['Anna-Liisa Korhonen', 'Annaliisa Korhonen'],
  ['Łukasz Nowak', 'Lukasz Nowak'],
])('%s is likely %s', (name, other) => {
  expect(found(typed(name), known(other))).toEqual([other]);
});

test('[H7] a client with two files is recognised by what either calls them', () => {
  const twice = known('Aino Virtanen', {
    duplicates: [known('Aino Laine', { phone: '040 555 1234' })],
  });
  expect(found(typed('Aino Laine'), twice)).toEqual(['Aino Virtanen']);
  expect(found(typed('', { phone: '+358405551234' }), twice)).toEqual(['Aino Virtanen']);
  expect(found(typed('Aino Laine', { case: 'Aino Laine' }), twice)).toEqual([]);
});

test.each([
  ['Aino', 'Aino Virtanen'],
  ['Aino Virtanen', 'Eino Virtalahti'],
  ['Li Wu', 'Li Wang'],
  ['', ''],
])('%s is somebody else than %s', (name, other) => {
  expect(found(typed(name), known(other))).toEqual([]);
});

test('a year of birth that lies apart tells people of one name apart; one that is not known does not', () => {
  const born = known('Aino Virtanen', { birthYear: 1960 });
  expect(found(typed('Aino Virtanen', { birthYear: 1990 }), born)).toEqual([]);
  expect(found(typed('Aino Virtanen', { birthYear: 1961 }), born)).toEqual(['Aino Virtanen']);
  expect(found(typed('Aino Virtanen'), born)).toEqual(['Aino Virtanen']);
});

test('the same phone is said whatever the name and its spelling; half a number is none', () => {
  const reached = known('Muu Henkilö', { phone: '+358 (0)40 123 4567' });
  expect(found(typed('', { phone: '040-1234567' }), reached)).toEqual(['Muu Henkilö']);
  expect(found(typed('', { phone: '4567' }), reached)).toEqual([]);
});

test('nobody is like themselves', () => {
  const own = known('Aino Virtanen', { case: 'new' });
  expect(found(typed('Aino Virtanen'), own)).toEqual([]);
});
