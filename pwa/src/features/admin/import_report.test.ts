import { expect, test } from 'vitest';
import { importing } from '../../words/fi/importing.ts';
import { reasonOf, reportOf } from './import_report.ts';

const made = { row: 2, outcome: 'new' as const, cells: ['Koski; Paavo', '+358 40 1'], faults: [] };
const left = {
  row: 3,
  outcome: 'faulty' as const,
  cells: ['Sanoi "ei"', ''],
  faults: [
    { column: 'Ohjaaja', text: 'Puuttuu.' },
    { column: null, text: 'Liikaa soluja.' },
  ],
};

test('[A17] each row stands in the report with its cells, its outcome and why', () => {
  const report = reportOf(['Nimi', 'Puhelin'], [made, left], new Map(), importing);
  expect(report.split('\r\n')).toEqual([
    '\uFEFFRivi;Tuonti;Syy;Nimi;Puhelin',
    `2;tuotiin;;"Koski; Paavo";'+358 40 1`,
    '3;jätettiin pois;Ohjaaja: Puuttuu. Liikaa soluja.;"Sanoi ""ei""";',
    '',
  ]);
});

test('[A18] people who were made have their one-time passwords in it', () => {
  const report = reportOf(
    ['Nimi', 'Puhelin'],
    [made, left],
    new Map([[2, 'kuu-ja-meri']]),
    importing,
  );
  expect(report.split('\r\n').slice(0, 2)).toEqual([
    '\uFEFFRivi;Tuonti;Syy;Kertasalasana;Nimi;Puhelin',
    `2;tuotiin;;kuu-ja-meri;"Koski; Paavo";'+358 40 1`,
  ]);
});

test('[A17] a reason without a column stands alone', () => {
  expect(reasonOf(left, importing.reason)).toBe('Ohjaaja: Puuttuu. Liikaa soluja.');
});
