import { describe, expect, test } from 'vitest';
import catalogue from '../../../server/catalogue/catalogue.json';
import { record } from './cast.fixture.ts';
import { countedMinutes, deliveredMinutes, hourRulesOf } from './hours.ts';

const { visit_outcome, time_entry_kind } = catalogue.catalogues;
const rules = hourRulesOf(visit_outcome, time_entry_kind);

describe('hours that count', () => {
  const visit = (outcome: string | null, more = {}) =>
    record('visit', 'v-1', {
      plan: { start: '2026-11-30T22:30:00Z', end: '2026-11-30T23:30:00Z' },
      ...(outcome === null ? {} : { outcome: { code: outcome } }),
      'minutes/client_work_direct': 60,
      'minutes/client_work_indirect': 15,
      'minutes/travel': 30,
      'minutes/recording': 10,
      ...more,
    });

  test('direct and indirect work count, travel and recording do not', () => {
    expect(countedMinutes(visit('done'), rules)).toBe(75);
  });

  test('plans, no-shows and removed visits do not count', () => {
    expect(countedMinutes(visit(null), rules)).toBe(0);
    expect(countedMinutes(visit('door_not_opened'), rules)).toBe(0);
    expect(countedMinutes(visit('done', { removed: { saw: [] } }), rules)).toBe(0);
  });

  test('a visit after midnight in Helsinki belongs to the new month', () => {
    expect(deliveredMinutes([visit('done')], '2026-12', rules)).toBe(75);
    expect(deliveredMinutes([visit('done')], '2026-11', rules)).toBe(0);
  });
});
