import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asTyped, beginnings, isAsTyped, isIn, spansIn, wantedOf } from './folding.ts';
import { fold } from '../rules/fold.ts';

const finds = (typed: string, text: string) =>
  wantedOf(typed).every((one) => isIn(one, fold(text)));
const marked = (typed: string, text: string) =>
  wantedOf(typed)
    .flatMap((one) => spansIn(one, text))
    .map(([from, to]) => text.slice(from, to));

test.each([
  ['jarvinen', 'Järvinen'],
  ['muller', 'Müller'],
  ['asa', 'Åsa'],
  ['lukasz', 'Łukasz'],
  ['dordevic', 'Đorđević'],
  ['sorensen', 'Sørensen'],
  ['strasse', 'Straße'],
  ['STRASSE', 'STRAẞE'],
  ['aeroe', 'Ærø'.concat('e')],
  ['ingilaq', 'Iŋgılaq'],
  ['istanbul', 'İstanbul'],
  ['nguyen', 'Nguyễn'],
  ['finland', 'ﬁnland'],
  ['aliyev', 'Əliyev'],
  ['0123', '٠١٢٣'],
  ['papadopoulos', 'Papadopoulos'],
  ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
  ['ёлка', 'елка'],
])('[F1] a letter with a mark, without a dot, or of two: %s finds %s', (typed, text) => {
  expect(finds(typed, text)).toBe(true);
  expect(finds(text, typed)).toBe(true);
});

test.each([
  ['soft hyphen', 'vuokra\u00ADvel\u00ADka'],
  ['zero width', 'vuokra\u200Bvel\u200C\u200Dka'],
  ['BOM', '\uFEFFvuokravelka'],
  ['word joiner', 'vuokra\u2060velka'],
  ['bidi marks', '\u202Avuokra\u200Evelka\u202C\u2067'],
  ['decomposed', 'vuokrave\u0301lka'],
  ['full width', 'ｖｕｏｋｒａｖｅｌｋａ'],
])('[F1] what is not seen neither hides a word nor has to be typed: %s', (_, text) => {
  expect(finds('vuokravelka', text)).toBe(true);
  expect(finds(text, 'vuokravelka')).toBe(true);
});

test('[F1] every apostrophe and hyphen is one, and none', () => {
  const apostrophes = ["'", '’', '‘', 'ʼ', '´', '`', '′', '＇', ''];
  const hyphens = ['-', '‐', '\u2011', '–', '—', '−', '\u00AD', ''];
  for (const one of apostrophes)
    for (const other of apostrophes) expect(finds(`o${one}brien`, `O${other}Brien`)).toBe(true);
  for (const one of hyphens)
    for (const other of hyphens) expect(finds(`anna${one}liisa`, `Anna${other}Liisa`)).toBe(true);
});

const spellings = [
  '+358401234567', '+358 40 123 4567', '+358 (0)40 123 4567', '+358(0)401234567', '00358 40 1234567',
  '0401234567', '040 123 4567', '040-123 4567', '040-1234567', '(040) 123 4567', '+358-40-123-4567', '040.123.4567',
  '+358 40 123\u00A04567', '040\u2011123\u20114567',
]; // prettier-ignore

test('[F1] a phone number in any spelling finds it in any other, all of it is marked, and no other', () => {
  for (const typed of spellings)
    for (const written of spellings) {
      expect([typed, written, finds(typed, `Soita ${written} illalla`)]).toEqual([
        typed,
        written,
        true,
      ]);
      expect(marked(typed, `Soita ${written} illalla`)).toEqual([written]);
    }
  for (const typed of [...spellings, '4567', '040 123', '+358 40 1', '12345'])
    expect([typed, finds(typed, 'Soita 050 765 4321')]).toEqual([typed, false]);
  for (const typed of ['4567', '040 123', '04012', '+358 40 1', '12345'])
    for (const written of spellings)
      expect([typed, written, finds(typed, written)]).toEqual([typed, written, true]);
});

test('[F1] numbers that were typed apart may stand apart', () => {
  expect(finds('12 2026', 'kokous 12.3.2026')).toBe(true);
  expect(marked('12 2026', 'kokous 12.3.2026')).toEqual(['12', '2026']);
});

test('[F1] a double name by either half, and a code by its digits', () => {
  expect(beginnings('Anna-Liisa O’Brien OV-0012', fold)).toEqual(
    expect.arrayContaining([
      'annaliisa',
      'anna',
      'liisa',
      'obrien',
      'brien',
      'ov0012',
      'ov12',
      '0012',
      '12',
    ]),
  );
});

test('[F1] what stands as it was typed can be told from what only folds to it', () => {
  const [dotted] = wantedOf('ärjä');
  const [plain] = wantedOf('arja');
  if (!dotted || !plain) throw new Error('nothing wanted');
  expect([isAsTyped(dotted, asTyped('Ärjä')), isAsTyped(dotted, asTyped('Arja'))]).toEqual([
    true,
    false,
  ]);
  expect([isAsTyped(plain, asTyped('Arja')), isAsTyped(plain, asTyped('Ärjä'))]).toEqual([
    true,
    false,
  ]);
  expect([isIn(dotted, fold('Arja')), isIn(plain, fold('Ärjä'))]).toEqual([true, true]);
});

test('[F1] the letters that were found are marked, with the marks that belong to them', () => {
  expect(marked('velka', 'Vuokra\u00ADvel\u00ADka.')).toEqual(['vel\u00ADka']);
  expect(marked('jarvi', 'Ja\u0308rvinen')).toEqual(['Ja\u0308rvi']);
  expect(marked('stras', 'Straße')).toEqual(['Straß']);
  expect(marked('liisa', 'Anna-Liisa-Maria')).toEqual(['Liisa']);
  expect(marked('(x)*', 'a (x)* b')).toEqual(['(x)*']);
});

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from('aäåöoÄÖÅßæłıİﬁ-’\u00AD\u200B\u0301 .,()0123٣Σς😀e')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

test('[F1] folding again changes nothing; letter by letter it is the same as at once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      expect(Array.from(text, fold).join('')).toBe(folded);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['1.12', '٣2(2', '(123'])(
  '[F1] a short number finds itself as it was typed: %s',
  (typed) => {
    expect(wantedOf(typed).every((one) => isIn(one, fold(`ennen ${typed} jälkeen`)))).toBe(true);
  },
);

test('[F1] every piece of a text finds the text, and what is marked folds to what was typed', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(), (text, a, b) => {
      const letters = Array.from(text.normalize('NFC'));
      const from = a % (letters.length + 1);
      const typed = letters.slice(from, from + (b % 8)).join('');
      const wanted = wantedOf(typed);
      for (const one of wanted) {
        expect(isIn(one, fold(text))).toBe(true);
        if (one.isNumber) continue;
        const [first] = spansIn(one, text);
        expect(fold(text.slice(...(first ?? [0, 0])))).toContain(one.folded);
      }
    }),
    { numRuns: 2_000 },
  );
});
