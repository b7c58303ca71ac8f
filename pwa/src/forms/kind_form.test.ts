import { expect, test } from 'vitest';
import { record } from '../domain/cast.fixture.ts';
import type { Field } from '../kinds/declared.ts';
import { readField, type Typed } from './kind_fields.ts';
import { faultsIn, kindEdit, kindFormOf, withTakenField } from './kind_form.ts';

const read = (field: Partial<Field>, typed: Typed) => readField('a', field as Field, { a: typed });
const cents: Partial<Field> = { type: 'whole', unit: 'cents', min: 0, max: 1_000_000 };

test('[G2] money is typed as people write it, and kept in cents', () => {
  expect(read(cents, '512,40')).toEqual({ value: 51_240 });
  expect(read(cents, '512.4 €')).toEqual({ value: 51_240 });
  expect(read(cents, '1 250')).toEqual({ value: 125_000 });
  expect(read(cents, '0,29')).toEqual({ value: 29 });
  expect(read(cents, '')).toEqual({ value: null });
  expect(read(cents, '10 000')).toEqual({ value: 1_000_000 });
  expect(read(cents, '10 000,01')).toEqual({ fault: 'out_of_range:0:10000', at: 'a' });
  for (const typed of ['-5', '1,234', '1e3', 'paljon', '٣']) {
    expect(read(cents, typed)).toMatchObject({ fault: 'invalid' });
  }
});

test('[G2] days, months and moments; half a moment is none', () => {
  expect(read({ type: 'date' }, '2026-12-03')).toEqual({ value: '2026-12-03' });
  expect(read({ type: 'date' }, '2026-02-31')).toMatchObject({ fault: 'invalid' });
  expect(read({ type: 'date', unit: 'month' }, '2026-12')).toEqual({ value: '2026-12-01' });
  const moment = (day: string, clock: string) =>
    readField('at', { type: 'instant' }, { 'at.day': day, 'at.clock': clock });
  expect(moment('2026-12-03', '10:00')).toEqual({ value: '2026-12-03T08:00:00Z' });
  expect(moment('2026-12-03', '')).toMatchObject({ fault: 'invalid' });
  expect(moment('', '')).toEqual({ value: null });
});

test('[R9] [G2] a form saves what was changed and nothing besides', () => {
  const known = record('rent', 'r-1', {
    month: '2026-12-01',
    amount_cents: 51_240,
    payment_plan: { monthly_cents: 5_000, months: 6 },
    later: 'of a newer app',
  });
  const { input, opened } = kindFormOf('rent', known, '', 'c-1');
  expect(input.typed).toMatchObject({
    month: '2026-12',
    amount_cents: '512,40',
    'payment_plan.months': '6',
  });
  expect(kindEdit(input, opened)).toBeNull();
  input.typed['payment_plan.months'] = '12';
  expect(kindEdit(input, opened)?.set).toEqual({
    payment_plan: { monthly_cents: 5_000, months: 12 },
  });
  input.typed['amount_cents'] = 'paljon';
  expect([...faultsIn(input)]).toEqual([['amount_cents', 'invalid']]);
});

test('[G2] a yes is taken back by a no; what was never said stays unsaid', () => {
  const { input, opened } = kindFormOf('member', null, 'm-1', 'c-1');
  input.typed['name'] = 'Sisko';
  expect(kindEdit(input, opened)?.set).toEqual({ name: 'Sisko' });
  const known = kindFormOf('member', record('member', 'm-1', { ended: true }), '', 'c-1');
  known.input.typed['ended'] = false;
  expect(kindEdit(known.input, known.opened)?.set).toEqual({ ended: false });
});

test('[R9] a newer value that is taken replaces its own field, all parts of it', () => {
  const at = (months: number) =>
    kindFormOf('rent', record('rent', 'r', { payment_plan: { months } }), '', 'c-1').input;
  const mine = at(6);
  mine.typed['note'] = 'Oma teksti';
  const taken = withTakenField(mine, at(12), 'payment_plan');
  expect(taken.typed).toMatchObject({ 'payment_plan.months': '12', note: 'Oma teksti' });
});
