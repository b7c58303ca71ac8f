import { expect, test } from 'vitest';
import { record } from '../domain/cast.fixture.ts';
import type { LedgerRent } from '../domain/ledger.ts';
import type { CaseSummary } from '../model/engine.ts';
import { clientsNamed, rentEdit, statusOf } from './ledger_edits.ts';

const rent: LedgerRent = {
  client: 'Matti Virtanen',
  month: '2026-11-01',
  dueOn: '2026-11-02',
  amountCents: 51_240,
  paidCents: 51_240,
  paidOn: '2026-11-06',
};
const client = (name: string, clientId: string) => ({ name, clientId }) as CaseSummary;
const known = record('rent', 'r-1', {
  month: '2026-11-01',
  due_on: '2026-11-02',
  amount_cents: 51_240,
  status: 'payment_plan',
  note: 'Soitettiin.',
});

test('[B2] a ledger names a client by code, or by the words of the name in any order', () => {
  const clients = [client('Matti Virtanen', 'OV-0001'), client('Mätti Virtanen', 'OV-0002'), client('Liisa S.', 'OV-0003')];
  const codes = (written: string) => clientsNamed(clients, written).map(({ clientId }) => clientId);
  expect(codes('ov-0002')).toEqual(['OV-0002']);
  expect(codes('S, Liisa')).toEqual(['OV-0003']);
  expect(codes('Virtanen Matti')).toEqual(['OV-0001', 'OV-0002']);
  expect(codes('Virtanen')).toEqual([]);
}); // prettier-ignore

test('[B2] the month’s rent is brought up to date, or entered', () => {
  const { edit, isNew } = rentEdit(rent, 'c-1', [known], '2026-11-29');
  expect(isNew).toBe(false);
  expect(edit).toMatchObject({ record: 'r-1', case: 'c-1' });
  expect(edit?.set).toEqual({
    status: 'paid_late',
    paid_cents: 51_240,
    paid_on: '2026-11-06',
    from_ledger: true,
  });
  expect(edit?.seen).toHaveProperty('status');
  const entered = rentEdit({ ...rent, month: '2026-12-01' }, 'c-1', [known], '2026-11-29');
  expect(entered.isNew).toBe(true);
  expect(entered.edit?.set).toMatchObject({ month: '2026-12-01', amount_cents: 51_240 });
});

test('[B2] what was agreed stays while the money is missing; what is known already is not written', () => {
  const unpaid = { ...rent, paidCents: 0, paidOn: null };
  expect(rentEdit(unpaid, 'c-1', [known], '2026-11-29').edit).toBeNull();
});

test('[B2] how a rent stands, by what was paid and when', () => {
  const on = (changed: Partial<LedgerRent>) => statusOf({ ...rent, ...changed }, '2026-11-29');
  expect(on({ paidOn: '2026-11-02' })).toBe('paid');
  expect(on({ paidOn: null })).toBe('paid');
  expect(on({})).toBe('paid_late');
  expect(on({ paidCents: 100 })).toBe('partly_paid');
  expect(on({ paidCents: 0, paidOn: null })).toBe('unpaid');
  expect(on({ paidCents: 0, paidOn: null, dueOn: '2026-11-29' })).toBe('not_due');
});
