/** Ratings: the wheel, its table and the form. */
export const rating = {
  sheet: 'Mitä katsotaan?',
  sides: { client: 'Asiakas', worker: 'Ohjaaja', commissioner: 'Tilaaja' },
  atFirst: 'Alussa',
  wheel: (sheet: string) => `Miten sujuu: ${sheet}`,
  scale: (low: string, max: number, high: string) => `1 = ${low}, ${max} = ${high}`,
  wish: (what: string) => `Asiakas haluaisi: ${what}`,
  toGoal: 'Tee tästä tavoite',
};
