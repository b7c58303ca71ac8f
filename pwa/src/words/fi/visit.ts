import { plural } from './plural.ts';

/** The log sheet. */
export const visit = {
  title: 'Käynnin kirjaus',
  correctTitle: 'Kirjauksen korjaus',
  newTitles: { visit: 'Uusi käynti', call: 'Uusi puhelu', errand: 'Uusi asiointi' },
  outcome: 'Miten kävi?',
  otherOutcome: 'Muu',
  otherOutcomes: 'Mitä tapahtui?',
  reason: 'Syy',

  when: 'Aika',
  whenChange: 'Muokkaa aikaa',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Minuutit',
  minutesMore: 'Muu työaika',
  direct: 'Asiakastyö (min)',
  directHint: 'Lasketaan ajoista, jos et muuta sitä.',
  otherMinutes: {
    client_work_indirect: 'Välillinen asiakastyö (min)',
    travel: 'Matkat (min)',
    recording: 'Kirjaaminen (min)',
  },
  minutesWrong: 'Minuuttien on oltava kokonaisluku väliltä 0–1440',
  timesWrong: 'Anna päivä sekä alkamis- ja päättymisaika',
  what: 'Mitä tehtiin?',
  where: 'Missä?',

  goals: 'Miten tavoitteet etenivät?',
  goalMove: (title: string) => `Tavoite: ${title}`,
  noGoals: 'Asiakkaalla ei ole vielä tavoitteita.',
  addGoal: 'Sovi ensimmäinen tavoite',

  areas: 'Mihin käynti liittyi?',
  checklist: 'Tarkistuslistat',
  tickedNow: (n: number) => plural(n, { one: '1 merkitty nyt', other: `${n} merkitty nyt` }),
  allTicked: 'Kaikki kohdat on jo merkitty.',

  note: 'Muistiinpano',
  noteHint: 'Mitä tehtiin, mitä asiakas sanoi, mitä seuraavaksi.',

  next: 'Seuraava käynti',
  nextSuggestion: (when: string) => `Sovi ${when}`,
  nextOther: 'Muu aika',
  nextNo: 'Ei sovita nyt',
  nextAlready: (when: string) => `Jo sovittu: ${when}`,
  nextWrong: 'Anna seuraavan käynnin päivä sekä alkamis- ja päättymisaika',

  save: 'Tallenna',
  saveCorrection: 'Tallenna korjaus',
};
