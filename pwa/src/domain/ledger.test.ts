import { expect, test } from 'vitest';
import { centsIn, dayIn, monthIn, readLedger, textIn, type LedgerLine } from './ledger.ts';

const HEAD = 'Asiakas;Kuukausi;Eräpäivä;Vuokra (€);Maksettu;Maksupäivä';
const good = 'Matti V.;11/2026;2.11.2026;512,40;512,40;4.11.2026';

function linesOf(...rows: string[]): LedgerLine[] {
  const ledger = readLedger([HEAD, ...rows].join('\r\n'));
  return 'lines' in ledger ? ledger.lines : [];
}

test('[B1] a line of a ledger is a rent', () => {
  const rent = {
    client: 'Matti V.',
    month: '2026-11-01',
    dueOn: '2026-11-02',
    amountCents: 51_240,
    paidCents: 51_240,
    paidOn: '2026-11-04',
  };
  expect(linesOf(good)).toEqual([{ line: 2, rent }]);
  const unpaid = { ...rent, paidCents: 0, paidOn: null };
  expect(linesOf('Matti V.;2026-11;2.11.2026;512,40;;')).toEqual([{ line: 2, rent: unpaid }]);
});

test('[B1] a line that cannot be taken says which value, and stops no other', () => {
  const lines = linesOf(
    'Matti V.;11/2026;31.11.2026;512,40;0;',
    'Matti V.;13/2026;2.11.2026;512,40;0;',
    'Matti V.;11/2026;2.11.2026;viisisataa;0;',
    'Matti V.;11/2026;2.11.2026;512,40;-3;',
    'Matti V.;11/2026;2.11.2026;512,40;0;eilen',
    ';11/2026;2.11.2026;512,40;0;',
    'Matti V.;11/2026;2.11.2026',
    '',
    good,
  );
  expect(lines.map((one) => ('fault' in one ? [one.line, 'column' in one ? one.column : one.fault] : one.line))).toEqual([
    [2, 'dueOn'],
    [3, 'month'],
    [4, 'amount'],
    [5, 'paid'],
    [6, 'paidOn'],
    [7, 'client'],
    [8, 'columns'],
    10,
  ]); // prettier-ignore
});

test('[B1] wrong columns and an empty file are told of the file as a whole', () => {
  expect(readLedger('Nimi;Summa\nMatti;5')).toEqual({ missing: ['month', 'dueOn', 'paid'] });
  expect(readLedger('')).toEqual({ empty: true });
  expect(readLedger(HEAD)).toEqual({ empty: true });
});

test('[B1] commas, tabs, quotes, and a separator too many at the end', () => {
  const other =
    'tenant,month,due date,rent,paid\n"Virtanen, Matti",2026-11,2026-11-02,"1,234.50",0\n';
  expect(readLedger(other)).toMatchObject({
    lines: [{ rent: { client: 'Virtanen, Matti', amountCents: 123_450 } }],
  });
  expect(readLedger(`${HEAD.replaceAll(';', '\t')}\n${good.replaceAll(';', '\t')}`)).toMatchObject({
    lines: [{ rent: { amountCents: 51_240 } }],
  });
  expect(linesOf(`${good};`)).toMatchObject([{ rent: { amountCents: 51_240 } }]);
});

test('[B1] every encoding that landlords use gives the same words', () => {
  const text = 'Eräpäivä;Määrä €';
  const latin = Uint8Array.from(text.replace('€', ''), (letter) => letter.charCodeAt(0));
  expect(textIn(new TextEncoder().encode(text))).toBe(text);
  expect(textIn(latin)).toBe('Eräpäivä;Määrä ');
  expect(textIn(Uint8Array.of(0xc4, 0x80, 0xe4))).toBe('Ä€ä');
  expect(textIn(Uint8Array.of(0xff, 0xfe, 0xc4, 0x00))).toBe('Ä');
  const bom = new TextEncoder().encode(`\uFEFF${HEAD}\n${good}`);
  expect(readLedger(textIn(bom))).toMatchObject({ lines: [{ line: 2 }] });
});

test.each([
  ['512,40', 51_240],
  ['512.4', 51_240],
  ['512', 51_200],
  ['1 234,50 €', 123_450],
  ['1.234,50', 123_450],
  ['1.234', 123_400],
  ['1,234.50', 123_450],
  ['10 000,01', null],
  ['12,345', null],
  ['-5', null],
  ['5-', null],
  ['', null],
])('[B1] "%s" is so many cents', (text, cents) => {
  expect(centsIn(text)).toBe(cents);
});

test.each([
  ['5.11.2026', '2026-11-05'],
  ['05.11.26', '2026-11-05'],
  ['5/11/2026', '2026-11-05'],
  ['2026-11-05', '2026-11-05'],
  ['29.2.2026', null],
  ['11/2026', null],
  ['5.11.', null],
])('[B1] "%s" is a day', (text, day) => {
  expect(dayIn(text)).toBe(day);
});

test.each([
  ['11/2026', '2026-11-01'],
  ['1.2026', '2026-01-01'],
  ['2026-11', '2026-11-01'],
  ['marraskuu 2026', '2026-11-01'],
  ['Kesäkuu 2026', '2026-06-01'],
  ['2.11.2026', '2026-11-01'],
  ['13/2026', null],
  ['humppakuu 2026', null],
  ['11', null],
])('[B1] "%s" is a month', (text, month) => {
  expect(monthIn(text)).toBe(month);
});
