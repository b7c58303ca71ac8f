import { expect, test } from 'vitest';
import { textOf } from './data.ts';
import './src/kinds/declared.fixture.ts';
import { addToKinds, allKinds, kindOf, useKinds, type Kinds } from './src/kinds/declared.ts';
import { rulesOf } from './src/kinds/rules_of.ts';

test('[G4, G10] what a phone fetches of a rule says what the declaration says', () => {
  const declared = new Map(allKinds().map(([name]) => [name, rulesOf(name)]));
  useKinds(JSON.parse(textOf('kinds')) as Kinds);
  expect(kindOf('plan')?.layout).toBeUndefined();
  addToKinds((JSON.parse(textOf('fi-rest')) as { forms: Kinds }).forms);
  expect(kindOf('plan')?.layout?.length).toBeGreaterThan(1);
  const fetched = new Map(allKinds().map(([name]) => [name, rulesOf(name)]));
  expect(fetched).toEqual(declared);
  expect([...declared.values()].flat().some(({ strength }) => strength === 'warns')).toBe(true);
});
