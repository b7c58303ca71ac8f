import { plural } from '../plural.ts';

/** The log sheet. */
export const visit = {
  title: 'Käynnin kirjaus',
  correctTitle: 'Kirjauksen korjaus',
  newTitles: { visit: 'Uusi käynti', call: 'Uusi puhelu', errand: 'Uusi asiointi' },
  outcome: 'Miten kävi?',
  outcomeMissing: 'Valitse, miten kävi',
  otherOutcome: 'Muu',
  otherOutcomes: 'Mitä tapahtui?',
  reason: 'Syy',
  side: 'Kuka siirsi?',
  sideMissing: 'Valitse, kuka siirsi käynnin',

  when: 'Aika',
  whenChange: 'Muokkaa aikaa',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Kesto',
  notYet: 'Aika on vasta edessä. Kirjaa toteutuneeksi vain se, mikä on jo tapahtunut.',
  unlogged: (when: string) => `Tälle päivälle on sovittu käynti ${when}, jota ei ole kirjattu.`,
  kindMore: 'Matkat, laji, paikka, työpari ja menetelmät',
  way: 'Matkat',
  work: 'Minkä työajaksi lasketaan?',
  allMethods: 'Näytä kaikki menetelmät',
  direct: 'Välitön asiakastyö (min)',
  directHint: 'Lasketaan ajoista, jos et muuta sitä.',
  otherMinutes: {
    client_work_indirect: 'Välillinen asiakastyö (min)',
    travel: 'Matkat (min)',
    recording: 'Kirjaaminen (min)',
  },
  minutesWrong: 'Minuuttien on oltava kokonaisluku väliltä 0–1440',
  what: 'Mitä tehtiin?',
  where: 'Missä?',

  goals: 'Miten tavoitteet etenivät?',
  noGoals: 'Asiakkaalla ei ole vielä tavoitteita.',
  addGoal: 'Sovi ensimmäinen tavoite',

  areas: 'Mihin käynti liittyi?',
  checklist: 'Tarkistuslistat',
  tickedNow: (n: number) => plural(n, { one: '1 merkitty nyt', other: `${n} merkitty nyt` }),

  note: 'Kirjaus',
  noteHint: 'Mitä tehtiin, mitä asiakas sanoi, mitä seuraavaksi.',
  noteHintUnmet: 'Vapaaehtoinen, esimerkiksi: jätin viestin.',

  next: 'Seuraava käynti',
  retry: 'Uusi yritys',
  nextSuggestion: (when: string) => `Sovi ${when}`,
  nextOther: 'Muu aika',
  nextAlready: (when: string) => `Jo sovittu: ${when}`,
  nextWrong: (why: string) => `Seuraava käynti: ${why}`,

  save: 'Tallenna',
  saveCorrection: 'Tallenna korjaus',
};
