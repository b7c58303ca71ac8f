/** What reports are asked for: kept from one report to the next while the app is open. Nothing of the answers is kept. */

import { apiRequest, type ApiResult, type Shape } from '../../app/api.ts';
import { apiFile } from '../../app/api_file.ts';
import { daysOfPeriod, type Days, type PeriodName } from '../../domain/periods.ts';
import type { Day } from '../../rules/time.ts';
import { language } from '../../words/index.svelte.ts';
import { withPassword } from '../confirm/confirm_password.ts';
import type { Report } from './shown.ts';

class Asked {
  period = $state<PeriodName>('last_month');
  own = $state<Days | null>(null);
  /** by the name of a filter, the value that is left */
  only = $state.raw<Record<string, string>>({});
  split = $state('');
}

export const reportQuery = new Asked();

export function readReports(): Promise<ApiResult<Shape['ReportList']>> {
  return apiRequest<Shape['ReportList']>('GET', `/api/reports?language=${language()}`, 'reports');
}

export function readReport(key: string, today: Day): Promise<ApiResult<Report>> {
  return apiRequest<Report>('GET', `/api/reports/${key}?${queryOf(today)}`, 'figures');
}

export type FileFormat = 'xlsx' | 'csv';

/** The report as it is on the screen, as a file. `outside`: small numbers are hidden in it, as from whoever pays. */
export function exportReport(
  key: string,
  today: Day,
  format: FileFormat,
  outside: boolean,
): Promise<ApiResult<Blob>> {
  const query = `${queryOf(today)}&format=${format}&outside=${outside}`;
  return withPassword(() => apiFile(`/api/reports/${key}/export?${query}`));
}

function queryOf(today: Day): string {
  const { from, to } = daysOfPeriod(reportQuery.period, today, reportQuery.own);
  const given = { language: language(), from, to, split: reportQuery.split, ...reportQuery.only };
  const named = Object.entries(given).filter(([, value]) => value !== '');
  return new URLSearchParams(named).toString();
}
