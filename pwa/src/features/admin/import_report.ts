/** What became of the rows of a table, as a CSV file that a spreadsheet opens and that can be brought in again (A17). */

import type { Shape } from '../../app/api.ts';

interface ReportWords {
  head: { row: string; outcome: string; why: string; password: string };
  outcome: Record<'new' | 'there' | 'faulty', string>;
  reason: (column: string, text: string) => string;
}

type BroughtRow = Pick<Shape['RowReply'], 'row' | 'outcome' | 'cells' | 'faults'>;

/** By which Excel takes it for UTF-8. */
const MARK = '\uFEFF';
/** A spreadsheet takes text that begins so for a formula; the server's reader takes the apostrophe away again. */
const FORMULA = /^[=+\-@\t\r\n]/;

export function reasonOf(
  { faults }: Pick<BroughtRow, 'faults'>,
  say: ReportWords['reason'],
): string {
  return faults.map(({ column, text }) => (column ? say(column, text) : text)).join(' ');
}

/** `passwords` by row, of people who were made. */
export function reportOf(
  heads: readonly string[],
  rows: readonly BroughtRow[],
  passwords: ReadonlyMap<number, string>,
  words: ReportWords,
): string {
  const { head, outcome } = words;
  const secret = passwords.size > 0 ? [head.password] : [];
  const lines = rows.map((one) => [
    String(one.row),
    outcome[one.outcome],
    reasonOf(one, words.reason),
    ...(passwords.size > 0 ? [passwords.get(one.row) ?? ''] : []),
    ...one.cells,
  ]);
  const all = [[head.row, head.outcome, head.why, ...secret, ...heads], ...lines];
  return MARK + all.map((cells) => `${cells.map(cell).join(';')}\r\n`).join('');
}

function cell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
