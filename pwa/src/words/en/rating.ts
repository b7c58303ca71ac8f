import type { Words } from '../fi/index.ts';

export const rating: Words['rating'] = {
  sheet: 'What to look at',
  sides: { client: 'Client', worker: 'Worker', commissioner: 'Commissioner' },
  atFirst: 'At first',
  wheel: (sheet) => `How it goes: ${sheet}`,
  scale: (low, max, high) => `1 = ${low}, ${max} = ${high}`,
  wish: (what) => `The client would like: ${what}`,
  toGoal: 'Make a goal of it',
};
