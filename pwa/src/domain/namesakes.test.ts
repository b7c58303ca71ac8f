import { expect, test } from 'vitest';
import type { CaseSummary } from '../model/engine.ts';
import { nameAlone, tellApart } from './namesakes.ts';

const summary = (given: Partial<CaseSummary>) => given as CaseSummary;

test('[F6] two of one name are told apart by their codes, others keep their names', () => {
  const clients = [
    summary({ case: 'a', name: 'Paavo V.', clientId: 'OV-0001' }),
    summary({ case: 'b', name: 'Paavo V.', clientId: 'OV-0002' }),
    summary({ case: 'c', name: 'Eino L.', clientId: 'OV-0003' }),
  ];
  const told = tellApart(clients);
  expect(told.map(({ name }) => name)).toEqual([
    'Paavo V. · OV-0001',
    'Paavo V. · OV-0002',
    'Eino L.',
  ]);
  expect(told.map(nameAlone)).toEqual(['Paavo V.', 'Paavo V.', 'Eino L.']);
});
