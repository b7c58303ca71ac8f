import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import declared from '../../../server/kinds/kinds.json' with { type: 'json' };
import { differenceOf } from '../domain/conflicts.ts';
import { entryTime, latestEntries } from '../domain/visits.ts';
import { gistOf } from '../features/outbox/entries.ts';
import { fixInputOf } from '../features/outbox/fixing.ts';
import type { Json, OutboxEntry, RecordView } from '../model/engine.ts';
import type { Version } from '../rules/merge.ts';
import { setLocale, loadAllWords } from '../words/index.svelte.ts';
import { recordName, valueText } from '../words/readable.ts';
import { useKinds, type Kinds } from './declared.ts';
import { fieldsInOrder, searchedKinds, sentencesIn } from './fields.ts';

const known = declared.kinds as unknown as Kinds;
const loan: Kinds[string] = {
  icon: 'key-round',
  home: 'case',
  happened: ['since'],
  fields: {
    what: { type: 'line' },
    serial: { type: 'line', written: false, searched: false, joined: false },
    worth_cents: { type: 'whole', unit: 'cents' },
    lender: { type: 'reference', kind: 'person' },
    visit: { type: 'reference', kind: 'visit' },
    since: { type: 'date' },
    parts: { type: 'map', key: { type: 'id' }, of: { type: 'parts', joins: 'text', parts: { text: { type: 'line' }, order: { type: 'whole' } } } },
  },
}; // prettier-ignore

beforeEach(async () => {
  useKinds({ ...known, loan });
  vi.stubGlobal('document', { documentElement: {} });
  await setLocale('fi');
  await loadAllWords();
});
afterEach(() => {
  useKinds(known);
  vi.unstubAllGlobals();
});

const version = (change: string, value: Json): Version => ({
  change,
  rank: `000000000000${change}-0000-000000000000`,
  author: change,
  value,
});

function record(fields: Record<string, Json[]>, kind = 'loan'): RecordView {
  const all = Object.entries(fields).map(([path, values]): [string, Version[]] => [
    path,
    values.map((value, at) => version(String(at), value)),
  ]);
  return { id: 'r', kind, case: 'c', fields: Object.fromEntries(all), pending: [] };
}

const names = { person: (id: string) => `Nimi ${id}` };

test('[G2] a later kind’s texts can be fixed, found and joined, as its declaration says', () => {
  const set = { what: 'Tiskikone', serial: 'AB-1', since: '2026-11-01' };
  const fixed = (kind: string) =>
    fixInputOf({ kind, set } as unknown as OutboxEntry).fields.map(({ path }) => path);
  expect(fixed('loan')).toEqual(['what']);
  expect(fixed('nothing')).toEqual([]);
  expect(gistOf([{ kind: 'loan', set } as unknown as OutboxEntry])).toBe('Tiskikone');
  expect(searchedKinds().map(([name]) => name)).toEqual(
    expect.arrayContaining(['visit', 'note', 'goal', 'loan']),
  );
  expect(sentencesIn(loan.fields['what'], 'Tiskikone')).toEqual(['Tiskikone']);
  expect(sentencesIn(loan.fields['serial'], 'AB-1')).toEqual([]);
  expect(sentencesIn(loan.fields['parts']?.of, { text: 'Johto', order: 1 })).toEqual(['Johto']);
});

test('[G2] two texts that differ are joined where both can be true', () => {
  const both = (path: string, ...values: Json[]) =>
    differenceOf(record({ [path]: values }), path)?.both;
  expect(both('what', 'Kone', 'Pesukone')).toBe('Kone / Pesukone');
  expect(both('serial', 'AB-1', 'AB-2')).toBeNull();
  expect(both('worth_cents', 100, 200)).toBeNull();
  expect(both('parts/1', { text: 'Johto', order: 1 }, { text: 'Pitkä johto', order: 2 })).toEqual({
    text: 'Johto / Pitkä johto',
    order: 1,
  });
});

test('[G2] values read by what they are: money, people, and what cannot be read', () => {
  expect(valueText('loan', 'worth_cents', 51_240, names)).toBe('512,40\u00a0€');
  expect(valueText('loan', 'worth_cents', 51_200, names)).toBe('512\u00a0€');
  expect(valueText('loan', 'lender', 'aino', names)).toBe('Nimi aino');
  expect(valueText('loan', 'visit', 'v-1', names)).toBe('Ei näkyvissä sinulle');
  const aware = { ...names, record: () => 'Käynti ti 3.12.' };
  expect(valueText('loan', 'visit', 'v-1', aware)).toBe('Käynti ti 3.12.');
  expect(valueText('case', 'visit_rhythm_days', 7, names)).toBe('7');
  expect(valueText('case', 'birth_year', 1961, names)).toBe('1961');
  expect(valueText('visit', 'minutes/travel', 20, names)).toBe('20 min');
  expect(valueText('later', 'anything', { text: 'Uusi', on: '2026-12-03' }, names)).toBe('Uusi');
  expect(recordName(record({ what: ['Kone'] }), names)).not.toBe('');
});

test('[G2] it stands among what happened, at the time that it says; its history in its own order', () => {
  const one = record({ since: ['2026-11-01'] });
  expect(entryTime(one)).toBe('2026-11-01');
  const goal = record({ title: ['Koti'] }, 'goal');
  expect(latestEntries([one, goal])).toEqual([one]);
  expect(fieldsInOrder('loan').slice(0, 3)).toEqual(['removed', 'what', 'serial']);
});
