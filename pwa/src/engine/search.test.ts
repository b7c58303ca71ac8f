import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { Office } from '../sync/office.fixture.ts';
import { Device } from './device.ts';
import type { Edit, Found, Question } from '../model/engine.ts';
import { save } from '../store/saving.ts';
import { Search } from '../store/search.ts';
import { ainosStore } from './store.fixture.ts';
import type { Store } from '../store/store.ts';

const ask = (words: string, more: Partial<Question> = {}): Question => ({
  words,
  kind: null,
  mine: false,
  ...more,
});

const client = (caseId: string, name: string, worker = 'aino'): Edit => ({
  record: `head-${caseId}`,
  kind: 'case',
  case: caseId,
  set: { client_name: name, own_worker: worker, address: 'Salatie 1' },
  seen: {},
});

const note = (record: string, text: string, at: string, caseId = 'case-1'): Edit => ({
  record,
  kind: 'note',
  case: caseId,
  set: { text, at },
  seen: {},
});

let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await ainosStore();
  await save(store, [
    client('case-1', 'Matti V.'),
    client('case-2', 'Sirpa Ä.', 'liisa'),
    note('old', 'Vuokravelka puhuttiin läpi, Kela maksaa.', '2025-11-01T10:00:00Z'),
    note('new', 'Vuokra maksettu. Käytiin kaupassa.', '2025-12-01T10:00:00Z'),
    note('other', 'Vuokravälitys soitti.', '2025-11-20T10:00:00Z', 'case-2'),
  ]);
});

const recordsOf = (found: Found) =>
  found.cases.map((one) => [one.case, ...one.hits.map((hit) => hit.record)]);
const found = async (words: string, more: Partial<Question> = {}) =>
  recordsOf(await new Search(store).find(ask(words, more)));

test('[F1] newest first, by client; every word, in any order and case', async () => {
  expect(await found('VUOK')).toEqual([
    ['case-1', 'new', 'old'],
    ['case-2', 'other'],
  ]);
  expect(await found('kela vuokra')).toEqual([['case-1', 'old']]);
  expect(await found('vuokra bussi')).toEqual([]);
});

test('[F1] a word inside a word; dots may be left out, and what is typed with dots comes first where it stands so', async () => {
  expect(await found('velka')).toEqual([['case-1', 'old']]);
  expect(await found('kaytiin')).toEqual([['case-1', 'new']]);
  expect(await found('käytiin')).toEqual([['case-1', 'new']]);
  expect(await found('kelä')).toEqual([['case-1', 'old']]);
  await save(store, [note('dotted', 'Kelä-niminen kissa', '2025-10-01T10:00:00Z', 'case-2')]);
  expect(await found('kelä')).toEqual([
    ['case-2', 'dotted'],
    ['case-1', 'old'],
  ]);
});

test('[F1] in a note as in a name: what is not seen, apostrophes, hyphens, and numbers in any spelling', async () => {
  await save(store, [
    note(
      'pasted',
      'Käy tans\u00ADsi\u00ADkurssilla, soita +358 (0)40 123\u00A04567. O’Brien tuli.',
      '2025-12-03T10:00:00Z',
    ),
  ]);
  for (const typed of [
    'tanssikurssi',
    'TANSSI\u00ADKURSSI',
    '0401234567',
    '040-123',
    "o'brien",
    'obrien',
  ])
    expect([typed, await found(typed)]).toEqual([typed, [['case-1', 'pasted']]]);
  const { cases } = await new Search(store).find(ask('kurssi 040 1234567'));
  const marked = cases[0]?.hits[0]?.pieces.filter((piece) => piece.marked);
  expect(marked?.map(({ text }) => text)).toEqual(['kurssi', '+358 (0)40 123\u00A04567']);
});

test('[F1] a client’s name is as if it stood in every entry, and finds nothing by itself', async () => {
  expect(await found('matti vuokra')).toEqual([['case-1', 'new', 'old']]);
  expect(await found('sirpa kela')).toEqual([]);
  expect(await found('matti')).toEqual([]);
});

test('[F1] neither removed entries nor addresses are searched', async () => {
  expect(await found('salatie')).toEqual([]);
  const removal: Edit = { ...note('new', '', ''), set: { removed: { saw: [] } } };
  await save(store, [removal]);
  expect(await found('vuok')).toEqual([
    ['case-2', 'other'],
    ['case-1', 'old'],
  ]);
});

test('[F1] one kind, own clients, one client', async () => {
  expect(await found('vuok', { kind: 'visit' })).toEqual([]);
  expect(await found('vuok', { mine: true })).toEqual([['case-1', 'new', 'old']]);
  expect(await found('vuok', { case: 'case-2' })).toEqual([['case-2', 'other']]);
});

test('[F1] what was typed is text, never a pattern', async () => {
  expect(await found('.*')).toEqual([]);
  expect(await found('läpi,')).toEqual([['case-1', 'old']]);
});

test('the words are marked where they stand', async () => {
  const { cases } = await new Search(store).find(ask('vuok kela'));
  expect(cases[0]?.hits[0]?.pieces).toEqual([
    { text: 'Vuok', marked: true },
    { text: 'ravelka puhuttiin läpi, ', marked: false },
    { text: 'Kela', marked: true },
    { text: ' maksaa.', marked: false },
  ]);
});

test('of a long text the neighbourhood of the first word is shown', async () => {
  await save(store, [
    note('long', `${'alku '.repeat(60)}avain${' loppu'.repeat(60)}`, '2025-12-02T10:00:00Z'),
  ]);
  const { cases } = await new Search(store).find(ask('avain'));
  const text = cases[0]?.hits[0]?.pieces.map((piece) => piece.text).join('') ?? '';
  expect(text).toMatch(/^… (alku )+avain( loppu)+ …$/u);
  expect(text.length).toBeLessThan(230);
});

test('[F1] [W11] a later kind may be called what every object has', async () => {
  const kinds = ['constructor', 'valueof', 'hasownproperty', 'tostring'];
  await save(
    store,
    kinds.map((kind) => ({
      record: `odd-${kind}`,
      kind,
      case: 'case-1',
      set: { constructor: 'x', text: 'kuiva' },
      seen: {},
    })),
  );
  await save(store, [note('plain', 'kuiva kausi', '2025-12-03T10:00:00Z')]);
  expect(recordsOf(await new Search(store).find(ask('kuiva')))).toContainEqual(['case-1', 'plain']);
});

test('[F2] what changes is gathered anew', async () => {
  const search = new Search(store);
  expect(recordsOf(await search.find(ask('hammas')))).toEqual([]);
  await save(store, [note('newer', 'Hammaslääkäri torstaina', '2025-12-03T10:00:00Z')]);
  search.forget(['case-1']);
  expect(recordsOf(await search.find(ask('hammas')))).toEqual([['case-1', 'newer']]);
});

test('[F3] whoever reads a hit has read the case file; [F2] the lock leaves nothing to search', async () => {
  const office = new Office();
  const phone = await Device.start({ fetch: office.fetch, now: Date.now });
  expect(await phone.signIn('aino', office.password)).toMatchObject({ ok: true });
  await phone.save([client('case-1', 'Matti V.'), client('case-2', 'Sirpa Ä.')]);
  await phone.save([note('n', 'Vuokra maksettu', '2025-12-01T10:00:00Z')]);
  expect((await phone.search(ask('vuokra'))).count).toBe(1);
  await phone.search(ask('kukaan'));
  await phone.syncNow();
  expect(office.reads).toMatchObject([{ case: 'case-1' }]);
  await phone.lock();
  await expect(phone.search(ask('vuokra'))).rejects.toMatchObject({ name: 'Locked' });
  await phone.stop();
}, 60_000);
