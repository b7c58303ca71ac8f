import { expect, test } from 'vitest';
import { daysOfPeriod, type PeriodName } from './periods.ts';

test.each<[PeriodName, string, string, string]>([
  ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['last_month', '2026-01-01', '2025-12-01', '2025-12-31'],
  ['this_month', '2028-02-10', '2028-02-01', '2028-02-29'],
  ['last_quarter', '2026-02-10', '2025-11-01', '2026-01-31'],
  ['this_year', '2026-02-10', '2026-01-01', '2026-12-31'],
  ['last_year', '2026-02-10', '2025-01-01', '2025-12-31'],
])('[Q5] %s on %s', (name, today, from, to) => {
  expect(daysOfPeriod(name, today)).toEqual({ from, to });
});

test('[Q5] days that somebody chose stand; until then it is the last month', () => {
  const own = { from: '2026-01-05', to: '2026-01-09' };
  expect(daysOfPeriod('own', '2026-03-01', own)).toEqual(own);
  expect(daysOfPeriod('own', '2026-03-01').from).toBe('2026-02-01');
});
