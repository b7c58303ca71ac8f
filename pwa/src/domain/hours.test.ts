import { describe, expect, test } from 'vitest';
import catalogue from '../../../server/catalogue/catalogue.json';
import { record, version } from './cast.fixture.ts';
import { contractedMinutes, countedMinutes, deliveredMinutes, hourRulesOf } from './hours.ts';
import { phaseHistory, phaseOn } from './phase_history.ts';

const { support_phase, visit_outcome, time_entry_kind } = catalogue.catalogues;
const rules = hourRulesOf(support_phase, visit_outcome, time_entry_kind);
const openEnded = { start: null, end: null };

function history(...periods: [since: string, phase: string, hours?: number][]) {
  return phaseHistory(
    record(
      'case',
      'c-1',
      Object.fromEntries(
        periods.map(([since, phase, hours], index) => [
          `phases/p${index}`,
          { since, phase, ...(hours === undefined ? {} : { hours_per_month: hours }) },
        ]),
      ),
    ),
  );
}

describe('contracted hours', () => {
  test('a whole month in one phase is that phase’s hours', () => {
    const strong = history(['2026-01-10', 'strong']);
    expect(contractedMinutes(strong, openEnded, '2026-11', rules)).toBe(11 * 60);
    expect(contractedMinutes(strong, openEnded, '2026-02', rules)).toBe(11 * 60);
  });

  test('a change of phase within the month counts day by day', () => {
    const moved = history(['2026-01-01', 'strong'], ['2026-11-16', 'normal']);
    expect(contractedMinutes(moved, openEnded, '2026-11', rules)).toBe(9 * 60);
  });

  test('only days within the service count', () => {
    const strong = history(['2026-01-01', 'strong']);
    const service = { start: '2026-11-11', end: '2026-11-20' };
    expect(contractedMinutes(strong, service, '2026-11', rules)).toBe(220);
    expect(contractedMinutes(strong, service, '2026-12', rules)).toBe(0);
  });

  test('hours agreed for the case replace the catalogue’s', () => {
    expect(
      contractedMinutes(history(['2026-01-01', 'light', 6]), openEnded, '2026-11', rules),
    ).toBe(360);
  });

  test('before the first phase nothing is contracted', () => {
    expect(contractedMinutes([], openEnded, '2026-11', rules)).toBe(0);
    expect(contractedMinutes(history(['2026-12-01', 'strong']), openEnded, '2026-11', rules)).toBe(
      0,
    );
  });

  test('[G11] of two phases that begin on one day the later made is in force, whichever was changed since', () => {
    const period = (phase: string) => ({ since: '2026-11-01', phase });
    const twice = record('case', 'c-1', {
      'phases/a': [version('changed since', period('strong'), undefined, 9)],
      'phases/b': [version('early', period('light'), undefined, 1)],
    });
    expect(phaseOn(phaseHistory(twice), '2026-11-01')?.phase).toBe('light');
  });
});

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
