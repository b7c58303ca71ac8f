/** A landlord's rent ledger as CSV: its lines, and for each the rent it says or why it cannot be taken. Pure. */

import papa from 'papaparse';
import { isDay } from '../rules/dates.ts';

export type LedgerColumn = 'client' | 'month' | 'dueOn' | 'amount' | 'paid' | 'paidOn';

export interface LedgerRent {
  /** as the ledger names the client: a name or our code */
  client: string;
  /** the first day of the month */
  month: string;
  dueOn: string;
  amountCents: number;
  paidCents: number;
  paidOn: string | null;
}

/** Why a line cannot be taken: what stands in which column, or how many values it has. */
type LineFault =
  | { fault: 'value'; column: LedgerColumn; text: string }
  | { fault: 'columns'; found: number; wanted: number };

/** `line` is its number in the file, the heading being the first. */
export type LedgerLine = { line: number } & ({ rent: LedgerRent } | LineFault);

type Ledger = { lines: LedgerLine[] } | { missing: LedgerColumn[] } | { empty: true };

/** What landlords call the columns, folded as `plain` does. */
const HEADINGS: Record<LedgerColumn, readonly string[]> = {
  client: ['asiakas', 'asukas', 'nimi', 'vuokralainen', 'asiakasnumero', 'asiakastunnus', 'klient', 'hyresgast', 'namn', 'client', 'tenant', 'name'],
  month: ['kuukausi', 'jakso', 'vuokrakuukausi', 'kausi', 'manad', 'period', 'hyresmanad', 'month'],
  dueOn: ['erapaiva', 'erapvm', 'forfallodag', 'forfallodatum', 'duedate', 'due'],
  amount: ['vuokra', 'summa', 'laskutettu', 'veloitus', 'hyra', 'belopp', 'rent', 'amount'],
  paid: ['maksettu', 'suoritus', 'suoritukset', 'maksut', 'betalt', 'betalning', 'paid', 'payment'],
  paidOn: ['maksupaiva', 'maksettupaivana', 'maksupvm', 'suorituspaiva', 'betalningsdag', 'betaldden', 'paidon', 'paymentdate'],
}; // prettier-ignore
const WANTED: readonly LedgerColumn[] = ['client', 'month', 'dueOn', 'amount', 'paid'];
const MONTHS = [
  'tammi',
  'helmi',
  'maalis',
  'huhti',
  'touko',
  'kesä',
  'heinä',
  'elo',
  'syys',
  'loka',
  'marras',
  'joulu',
];
const CENTS_MAX = 1_000_000;

/** The text of a file: UTF-8 or UTF-16 where it is that, else as Windows writes (of which Latin-1 is a part). */
export function textIn(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function readLedger(text: string): Ledger {
  const { data } = papa.parse<string[]>(text.replace(/^\uFEFF/u, ''), {
    delimitersToGuess: [';', '\t', ',', '|'],
  });
  const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '');
  const start = data.findIndex((cells) => !isBlank(cells));
  const heading = data[start];
  if (heading === undefined) return { empty: true };
  const places = placesIn(heading);
  const missing = WANTED.filter((column) => !places.has(column));
  if (missing.length > 0) return { missing };
  const lines = data.flatMap((cells, at): LedgerLine[] =>
    at <= start || isBlank(cells)
      ? []
      : [{ line: at + 1, ...lineOf(cells, places, heading.length) }],
  );
  return lines.length > 0 ? { lines } : { empty: true };
}

/** A heading of one word is taken before one that only begins so: "Maksettu" before "Maksettu päivänä". */
function placesIn(heading: string[]): Map<LedgerColumn, number> {
  const found = new Map<LedgerColumn, number>();
  for (const [at, cell] of heading.entries()) {
    const name = plain(cell);
    const columns = Object.entries(HEADINGS) as [LedgerColumn, readonly string[]][];
    const column = columns.find(([, names]) => names.includes(name))?.[0];
    if (column !== undefined && !found.has(column)) found.set(column, at);
  }
  return found;
}

const plain = (heading: string) =>
  heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\([^)]*\)|€|eur\b|[^a-z]/gu, '');

function lineOf(cells: string[], places: Map<LedgerColumn, number>, wanted: number) {
  // A last cell that is empty is a separator too many, not a value.
  const found = cells.at(-1)?.trim() === '' ? Math.min(cells.length, wanted) : cells.length;
  if (found !== wanted) return { fault: 'columns', found, wanted } as const;
  const text = (column: LedgerColumn) => (cells[places.get(column) ?? -1] ?? '').trim();
  const read = {
    client: text('client') || null,
    month: monthIn(text('month')),
    dueOn: dayIn(text('dueOn')),
    amount: centsIn(text('amount')),
    paid: text('paid') === '' ? 0 : centsIn(text('paid')),
    paidOn: text('paidOn') === '' ? null : (dayIn(text('paidOn')) ?? undefined),
  };
  const wrong = (column: LedgerColumn) => ({ fault: 'value', column, text: text(column) }) as const;
  if (read.client === null) return wrong('client');
  if (read.month === null) return wrong('month');
  if (read.dueOn === null) return wrong('dueOn');
  if (read.amount === null) return wrong('amount');
  if (read.paid === null) return wrong('paid');
  if (read.paidOn === undefined) return wrong('paidOn');
  return {
    rent: {
      client: read.client,
      month: read.month,
      dueOn: read.dueOn,
      amountCents: read.amount,
      paidCents: read.paid,
      paidOn: read.paidOn,
    },
  };
}

/** "5.11.2026", "05.11.26", "2026-11-05", "5/11/2026". */
export function dayIn(text: string): string | null {
  const parts =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ??
    /^(?<d>\d{1,2})[./](?<m>\d{1,2})[./](?<y>\d{4}|\d\d)\.?$/u.exec(text);
  if (parts === null) return null;
  const { d, m, y } = parts.groups ?? { y: parts[1], m: parts[2], d: parts[3] };
  const day = `${(y ?? '').padStart(4, '20')}-${(m ?? '').padStart(2, '0')}-${(d ?? '').padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** "11/2026", "11.2026", "2026-11", "marraskuu 2026", or any day of the month; its first day. */
export function monthIn(text: string): string | null {
  const day = dayIn(text);
  if (day !== null) return `${day.slice(0, 8)}01`;
  const [, month, year] = /^(\d{1,2})[./-](\d{4})$/u.exec(text) ?? [];
  const [, yearFirst, monthSecond] = /^(\d{4})[./-](\d{1,2})$/u.exec(text) ?? [];
  const [, name, yearOfName] = /^(\p{L}+)kuu(?:ta)?\s+(\d{4})$/iu.exec(text) ?? [];
  const number =
    name === undefined ? (month ?? monthSecond) : MONTHS.indexOf(name.toLowerCase()) + 1;
  const first = `${year ?? yearFirst ?? yearOfName ?? ''}-${String(number ?? '').padStart(2, '0')}-01`;
  return isDay(first) ? first : null;
}

/** "512,40", "1 234,50 €", "1.234,50", "512.40"; nothing below 0, and nothing that is two numbers. */
export function centsIn(text: string): number | null {
  const bare = text.replace(/[\s\u00A0\u202F€]|EUR$/giu, '');
  const dotted = /^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/u.test(bare) ? bare.replaceAll('.', '') : bare;
  const commaed = /^\d{1,3}(?:,\d{3})+\.\d{1,2}$/u.test(dotted)
    ? dotted.replaceAll(',', '')
    : dotted;
  if (!/^\d+(?:[.,]\d{1,2})?$/u.test(commaed)) return null;
  const cents = Math.round(Number(commaed.replace(',', '.')) * 100);
  return cents <= CENTS_MAX ? cents : null;
}
