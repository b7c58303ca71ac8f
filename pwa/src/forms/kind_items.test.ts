import { afterEach, beforeEach, expect, test } from 'vitest';
import declared from '../../../server/kinds/kinds.json' with { type: 'json' };
import { record } from '../domain/cast.fixture.ts';
import { kindOf, useKinds, type Field, type Kinds } from '../kinds/declared.ts';
import type { Json } from '../model/engine.ts';
import { faultsIn, kindEdit, kindFormOf, valuesWith, withTakenField } from './kind_form.ts';
import { keysIn, lookOf, withItem, withoutItem } from './kind_items.ts';

const known = declared.kinds as unknown as Kinds;
const code: Field = { type: 'code', catalogue: 'home_hazard' };
const parts = (of: Record<string, Field>): Field => ({ type: 'parts', parts: of });
const map = (key: Field, of: Field): Field => ({ type: 'map', key, of });
const fields: Record<string, Field> = {
  hazards: map(code, parts({ seen: { type: 'yes_no' }, measure: { type: 'text', max: 20 } })),
  checked: map(code, parts({ on: { type: 'date' }, by: { type: 'reference', kind: 'person' } })),
  dates: map(code, { type: 'date' }),
  answers: map(code, { type: 'code', catalogue: 'risk_level' }),
  present: map({ type: 'reference', kind: 'person' }, { type: 'yes_no' }),
  services: map({ type: 'id' }, parts({ what: { type: 'line', max: 9 }, from: { type: 'date' } })),
};
const now = { day: '2026-12-03', clock: '10:00', me: 'aino' };

beforeEach(() => {
  const layout = [{ fields: Object.keys(fields) }];
  useKinds({ ...known, survey_of_home: { icon: 'house', home: 'case', fields, layout } });
});
afterEach(() => {
  useKinds(known);
});

const formOf = (values: Record<string, Json>) =>
  kindFormOf('survey_of_home', record('survey_of_home', 'r-1', values), '', 'c-1');

function after(
  values: Record<string, Json>,
  change: (typed: Record<string, string | string[] | boolean>) => typeof typed,
) {
  const { input, opened } = formOf(values);
  return kindEdit({ ...input, typed: change(input.typed) }, opened)?.set ?? null;
}

test('[G7] how a map is drawn follows from its key and its value', () => {
  const looks = Object.entries(fields).map(([name, field]) => [name, lookOf(field)]);
  expect(Object.fromEntries(looks)).toEqual({
    hazards: 'checklist',
    checked: 'checklist',
    dates: 'checklist',
    answers: 'answers',
    present: 'chips',
    services: 'cards',
  });
  expect(kindOf('rent')).toBeDefined();
});

test('[G7] a tick says that it is so, today and by me', () => {
  const tick = (name: string) =>
    after({}, (typed) => withItem(typed, name, fields[name] as Field, 'mold', now));
  expect(tick('hazards')).toEqual({ 'hazards/mold': { seen: true } });
  expect(tick('checked')).toEqual({ 'checked/mold': { on: '2026-12-03', by: 'aino' } });
  expect(tick('dates')).toEqual({ 'dates/mold': '2026-12-03' });
  expect(tick('present')).toEqual({ 'present/mold': true });
});

test('[G7] [M6] only items that were changed are written; what a newer app says beside them stays', () => {
  const stored = {
    'hazards/mold': { seen: true, measure: 'Tuuletus', later: 1 },
    'hazards/stairs': { seen: true, measure: ' Valo ' },
    'present/aino': true,
    'present/liisa': false,
  };
  expect(after(stored, (typed) => typed)).toBeNull();
  expect(after(stored, (typed) => ({ ...typed, 'hazards/mold.measure': 'Korjaus' }))).toEqual({
    'hazards/mold': { seen: true, measure: 'Korjaus', later: 1 },
  });
  expect(after(stored, (typed) => withoutItem(typed, 'hazards', 'stairs'))).toEqual({
    'hazards/stairs': null,
  });
  expect(after(stored, (typed) => withoutItem(typed, 'present', 'aino'))).toEqual({
    'present/aino': false,
  });
});

test('[G7] a card in which nothing is written is none; an emptied one goes', () => {
  const services = fields['services'] as Field;
  expect(after({}, (typed) => withItem(typed, 'services', services, 'id-1', now))).toBeNull();
  const stored = { 'services/id-1': { what: 'Apu' } };
  expect(after(stored, (typed) => ({ ...typed, 'services/id-1.what': '' }))).toEqual({
    'services/id-1': null,
  });
});

test('[G7] a fault stands at its part of its item', () => {
  const { input } = formOf({ 'services/id-1': { what: 'Apu' } });
  input.typed['services/id-1.what'] = 'Aivan liian pitkä';
  expect([...faultsIn(input)]).toEqual([['services/id-1.what', 'too_long:9']]);
});

test('[G7] rules are asked of the items as they are typed', () => {
  const { input } = formOf({ 'dates/mold': '2026-12-01', 'dates/stairs': '2026-12-01' });
  input.typed = withoutItem(input.typed, 'dates', 'stairs');
  expect(valuesWith(input, { 'dates/stairs': '2026-12-01', status: 'x' })).toMatchObject({
    'dates/mold': '2026-12-01',
    'dates/stairs': null,
    status: 'x',
  });
});

test('[G7] [R9] of a map the item that is taken is the newer one, the others as typed', () => {
  const mine = formOf({ 'hazards/mold': { seen: true, measure: 'Oma' } }).input;
  const fresh = formOf({ 'hazards/stairs': { seen: true, measure: 'Valo' } }).input;
  const taken = withTakenField(mine, fresh, 'hazards/stairs');
  expect(keysIn('hazards', taken.typed)).toEqual(['mold', 'stairs']);
  expect(taken.typed).toMatchObject({
    'hazards/mold.measure': 'Oma',
    'hazards/stairs.measure': 'Valo',
  });
  expect(keysIn('hazards', withTakenField(taken, fresh, 'hazards/mold').typed)).toEqual(['stairs']);
});
