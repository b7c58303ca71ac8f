import type { Words } from '../fi/index.ts';

export const rating: Words['rating'] = {
  sheet: 'Vad ser man på?',
  sides: { client: 'Klienten', worker: 'Handledaren', commissioner: 'Beställaren' },
  atFirst: 'I början',
  wheel: (sheet) => `Hur det går: ${sheet}`,
  scale: (low, max, high) => `1 = ${low}, ${max} = ${high}`,
  wish: (what) => `Klienten skulle vilja: ${what}`,
  toGoal: 'Gör ett mål av det',
};
