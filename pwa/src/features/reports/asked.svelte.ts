/** What reports are asked for: kept from one report to the next while the app is open. Nothing of the answers is kept. */

import { apiRequest, type Answered, type Shape } from '../../app/api.ts';
import { daysOfPeriod, type Days, type PeriodName } from '../../domain/periods.ts';
import type { Day } from '../../rules/time.ts';
import { language } from '../../words/index.svelte.ts';
import type { Report } from './shown.ts';

export const asked = $state<{
  period: PeriodName;
  own: Days | null;
  team: string;
  service_type: string;
  group: string;
  split: string;
}>({ period: 'last_month', own: null, team: '', service_type: '', group: '', split: '' });

export function readReports(): Promise<Answered<Shape['ReportList']>> {
  return apiRequest<Shape['ReportList']>('GET', `/api/reports?language=${language()}`, 'reports');
}

export function readReport(key: string, today: Day): Promise<Answered<Report>> {
  const { from, to } = daysOfPeriod(asked.period, today, asked.own);
  const { team, service_type, group, split } = asked;
  const given = { language: language(), from, to, team, service_type, group, split };
  const query = Object.entries(given)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return apiRequest<Report>('GET', `/api/reports/${key}?${query.join('&')}`, 'figures');
}
