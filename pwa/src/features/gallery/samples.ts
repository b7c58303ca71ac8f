/** What the parts on the page say: any words do, as long as some are long and some are Finnish compounds. */

import type { IconName } from '../../components/icon_names.ts';

export const samples = {
  /** stands in no production bundle: a test looks for it there */
  title: 'Osat (only in development)',
  short: 'Kirjaa',
  long: 'Yhteydenottopyyntö sosiaaliohjaajalle',
  name: 'Virpi Äijälä-Lindström',
  meta: 'Asumisen tukikäynti · 1 t 15 min',
  text: 'Täytettiin hakemus kaupungin asuntoihin. Palkkatodistus puuttuu, asiakas pyytää sen itse huomenna.',
  hint: 'Mitä tehtiin, mitä asiakas sanoi, mitä seuraavaksi.',
  error: 'Anna päivä sekä alkamis- ja päättymisaika',
  clock: '9.15',
  strokes: 'M40 300 120 80 180 310M220 260 300 180 340 300 420 150 470 320 560 190 640 300 900 240',
};

export const schemes = ['light', 'dark'] as const;
export const looks = ['main', 'plain', 'quiet', 'danger'] as const;
export const tones = ['plain', 'good', 'fix', 'safety'] as const;
export const cards = ['plain', 'main', 'fix'] as const;
export const icons: IconName[] = ['calendar-days', 'target', 'map-pin', 'shield-alert', 'bell'];
export const options = [
  { value: 'a', label: 'Eteni' },
  { value: 'b', label: 'Ennallaan' },
  { value: 'c', label: 'Otti takapakkia' },
];
export const colours = [
  'paper',
  'card',
  'well',
  'ink',
  'ink-soft',
  'line',
  'edge',
  'accent',
  'accent-strong',
  'accent-soft',
  'fix',
  'fix-soft',
  'safety',
  'safety-soft',
];
