import { beforeAll, expect, test } from 'vitest';
import { loadAllWords } from '../../words/index.svelte.ts';
import { barsOf, type ReportTable } from './shown.ts';

const table = (...values: (number | null)[]): ReportTable => ({
  key: 'by_phase',
  label: 'Vaiheittain',
  columns: [
    { key: 'phase', label: 'Vaihe', sort: 'label', decimals: 0 },
    { key: 'cases', label: 'Asiakkaita', sort: 'count', decimals: 0 },
  ],
  rows: values.map((value, at) => ({
    key: String(at),
    cells: [`Vaihe ${at}`, value],
    is_total: false,
  })),
});

beforeAll(loadAllWords);

test('[U27] bars are drawn of numbers, and not of zeros or hidden numbers alone', () => {
  expect(barsOf(table(3, 0))?.bars.map(({ value }) => value)).toEqual([3, 0]);
  expect(barsOf(table(0, 0))).toBeNull();
  expect(barsOf(table(null, null))).toBeNull();
});
