/** Figures of a report as a person reads them; what is hidden or not to be computed says so. */

import type { Shape } from '../../app/api.ts';
import { own } from '../../rules/own.ts';
import { format } from '../../words/format.svelte.ts';
import { language, words } from '../../words/index.svelte.ts';

export type Report = Shape['ReportReply'];
export type Figure = Shape['FigureShape'];
export type ReportTable = Shape['TableShape'];
type Column = Shape['ColumnShape'];

/** the sheet that saves a report as a file */
export const EXPORT = 'export';

/** more than can be compared at a glance */
const BARS_MAX = 12;
const TEXTS = new Set(['label', 'text', 'day']);

export function numberWithUnit(value: number, unit: string, decimals: number): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const said = new Intl.NumberFormat(language(), digits).format(value);
  const sign = own(words.reports.units, unit);
  return sign === undefined ? said : `${said}\u00a0${sign}`;
}

export function figureOf(
  { unit, decimals }: Pick<Figure, 'unit' | 'decimals'>,
  { value, hidden }: Pick<Figure, 'value' | 'hidden'>,
): string {
  return value === null ? (hidden ?? words.reports.nothing) : numberWithUnit(value, unit, decimals);
}

export function cellOf(cell: unknown, column: Column): string {
  if (cell === null || cell === undefined) return words.reports.nothing;
  if (typeof cell === 'number') return numberWithUnit(cell, column.sort, column.decimals);
  const text = typeof cell === 'string' ? cell : '';
  return column.sort === 'day' ? format.date(text) : text;
}

export function isNumeric({ sort }: Column): boolean {
  return !TEXTS.has(sort);
}

export interface Bar {
  label: string;
  value: number;
  shown: string;
}

/** What a table's drawing shows: its first column of numbers, without the total and what is hidden; nothing of zeros alone. */
export function barsOf({ columns, rows }: ReportTable): { what: string; bars: Bar[] } | null {
  const at = columns.findIndex((column) => isNumeric(column) && column.key !== 'n');
  const column = columns[at] ?? null;
  if (column === null || columns[0]?.sort !== 'label') return null;
  const bars = rows.flatMap(({ cells, is_total }): Bar[] => {
    const value = cells[at];
    if (is_total || typeof value !== 'number') return [];
    return [{ label: String(cells[0]), value, shown: cellOf(value, column) }];
  });
  const isDrawn =
    bars.length > 1 && bars.length <= BARS_MAX && bars.some(({ value }) => value !== 0);
  return isDrawn ? { what: column.label, bars } : null;
}

/** The drawing in words (U27). */
export function barsInWords({ what, bars }: { what: string; bars: Bar[] }): string {
  const sorted = bars.toSorted((a, b) => b.value - a.value);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined) return '';
  const said = (one: Bar) => `${one.label}, ${one.shown}`;
  return `${words.reports.highest(what, said(most))}; ${words.reports.lowest(said(least))}`;
}
