import { afterEach, beforeEach, expect, test } from 'vitest';
import declared from '../../../server/kinds/kinds.json' with { type: 'json' };
import { record } from '../domain/cast.fixture.ts';
import { countedIn } from '../domain/counted.ts';
import { offersFor } from '../domain/kind_rules.ts';
import { useKinds, type Kind, type Kinds } from '../kinds/declared.ts';
import type { Json } from '../model/engine.ts';
import { valuesOf } from '../domain/columns.ts';
import { withFills } from './kind_fills.ts';
import { kindEdit, kindFormOf, type KindInput } from './kind_form.ts';
import { linkEdit, offeredBy, withOffer } from './kind_offer.ts';

const known = declared.kinds as unknown as Kinds;
const claim: Kind = {
  icon: 'house',
  home: 'case',
  layout: [{ fields: ['asked_on', 'answer_by', 'seen_at', 'by', 'doer', 'reason', 'own', 'stay'] }],
  fields: {
    asked_on: { type: 'date' },
    answer_by: { type: 'date' },
    seen_at: { type: 'instant' },
    by: { type: 'reference', kind: 'person' },
    doer: { type: 'code', catalogue: 'doer' },
    reason: { type: 'code', catalogue: 'homelessness_reason' },
    own: { type: 'yes_no' },
    stay: { type: 'reference', kind: 'nights_away' },
  },
  fills: [
    { field: 'asked_on', value: { today: 0 } },
    { field: 'answer_by', value: { of: 'asked_on', days: 30 } },
    { field: 'seen_at', value: { now: true } },
    { field: 'by', value: { me: true } },
    { field: 'doer', value: { says: 'client' } },
    { field: 'own', value: { of: 'reason', attribute: 'outside' } },
  ],
  offers: [
    {
      name: 'move_in',
      kind: 'nights_away',
      when: ['has', 'doer'],
      gives: { start: { asking: 'answer_by' }, claim: { record: true }, why: 'moved' },
      link: 'stay',
    },
  ],
};
const away: Kind = {
  icon: 'house',
  home: 'case',
  layout: [{ fields: ['start', 'end', 'claim', 'why'] }],
  fields: {
    start: { type: 'date' },
    end: { type: 'date' },
    claim: { type: 'reference', kind: 'claim' },
    why: { type: 'line' },
  },
  counts: {
    nights: { from: 'start', to: 'end', unit: 'nights' },
    days: { from: 'start', to: 'end', unit: 'days' },
  },
};
const about = {
  today: '2026-12-03',
  now: '2026-12-03T08:00:00Z',
  me: 'aino',
  attributeOf: (_list: string, code: string) => code === 'rent_arrears',
};

beforeEach(() => {
  useKinds({ ...known, claim, nights_away: away });
});
afterEach(() => {
  useKinds(known);
});

const fresh = () => withFills(null, kindFormOf('claim', null, 'c-1', 'case').input, about);
const typed = (input: KindInput, more: KindInput['typed']): KindInput => ({
  ...input,
  typed: { ...input.typed, ...more },
});
const then = (input: KindInput, more: KindInput['typed']) =>
  withFills(input, typed(input, more), about);

test('[G8] a new form begins with today, now, me, and what usually holds', () => {
  const input = fresh();
  expect(input.typed).toMatchObject({
    asked_on: '2026-12-03',
    answer_by: '2027-01-02',
    'seen_at.day': '2026-12-03',
    'seen_at.clock': '10:00',
    by: 'aino',
    doer: 'client',
  });
  expect(kindEdit(input, { values: {}, seen: {} })?.set).toMatchObject({ by: 'aino' });
});

test('[G8] what follows moves along until its person writes it; what was cleared stays so', () => {
  const moved = then(fresh(), { asked_on: '2026-12-10' });
  expect(moved.typed['answer_by']).toBe('2027-01-09');
  const own = then(moved, { answer_by: '2027-02-01' });
  expect(then(own, { asked_on: '2026-12-11' }).typed['answer_by']).toBe('2027-02-01');
  const cleared = then(moved, { doer: '', answer_by: '' });
  expect(then(cleared, { by: 'liisa' }).typed).toMatchObject({ doer: '', answer_by: '' });
  expect(then(moved, { asked_on: '' }).typed['answer_by']).toBe('2027-01-09');
});

test('[G8] what the catalogue says of a code', () => {
  expect(then(fresh(), { reason: 'rent_arrears' }).typed['own']).toBe(true);
  expect(then(fresh(), { reason: 'other' }).typed['own']).toBe(false);
});

test('[G8] a stored record is filled by nobody', () => {
  const { input } = kindFormOf('claim', record('claim', 'c-1', { by: 'liisa' }), '', 'case');
  expect(then(input, { 'seen_at.day': '' }).typed).toMatchObject({ asked_on: '', by: 'liisa' });
});

test('[G8] days count whole, nights by the morning, until today', () => {
  const stay = (values: Record<string, Json>) => record('nights_away', 's-1', values);
  const count = (values: Record<string, Json>) =>
    ['days', 'nights'].map((name) => countedIn(stay(values), name, '2026-12-03'));
  expect(count({ start: '2026-12-01', end: '2026-12-02' })).toEqual([2, 1]);
  expect(count({ start: '2026-07-14' })).toEqual([143, 142]);
  expect(count({ start: '2026-10-24', end: '2026-10-26' })).toEqual([3, 2]);
  expect(count({ start: '2026-12-04' })).toEqual([null, null]);
  expect(count({})).toEqual([null, null]);
});

test('[G8] an offer gives what the record says, and keeps the new one’s id once', () => {
  const from = record('claim', 'c-1', { doer: 'client', answer_by: '2026-12-20' });
  const offered = offeredBy('c-1.move_in', [from]);
  const { input, opened } = kindFormOf('nights_away', null, 's-1', 'case');
  const begun = withOffer(input, offered);
  expect(kindEdit(begun, opened)?.set).toEqual({
    start: '2026-12-20',
    claim: 'c-1',
    why: 'moved',
  });
  expect(offered && linkEdit(offered, 's-1')?.set).toEqual({ stay: 's-1' });
  const offers = (values: Record<string, Json>) =>
    offersFor('claim', { values: valuesOf(record('claim', 'c-1', values)), today: '2026-12-03' });
  expect(offers({ doer: 'client' }).map(({ name }) => name)).toEqual(['move_in']);
  expect(offers({ doer: 'client', stay: 's-0' })).toEqual([]);
  const linked = offeredBy('c-1.move_in', [record('claim', 'c-1', { stay: 's-0' })]);
  expect(linked && linkEdit(linked, 's-1')).toBeNull();
  expect(offeredBy('c-1.nothing', [from])).toBeNull();
  expect(offeredBy(null, [from])).toBeNull();
});
