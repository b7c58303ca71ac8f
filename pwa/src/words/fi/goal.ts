import { plural } from '../plural.ts';

/** Goals and checklists. */
export const goal = {
  goals: 'Tavoitteet',
  one: 'Tavoite',
  newTitle: 'Uusi tavoite',
  editTitle: 'Tavoitteen muokkaus',
  add: 'Lisää tavoite',
  first: 'Sovi ensimmäinen tavoite',
  firstHint: 'Asiakkaan omin sanoin, yksi asia kerrallaan.',
  ended: (n: number) =>
    plural(n, { one: '1 päättynyt tavoite', other: `${n} päättynyttä tavoitetta` }),
  removed: (n: number) =>
    plural(n, { one: '1 poistettu tavoite', other: `${n} poistettua tavoitetta` }),

  title: 'Tavoite',
  titleHint: 'Asiakkaan omin sanoin, esimerkiksi ”Löydän oman yksiön kesäkuun loppuun mennessä”.',
  titleMissing: 'Kirjoita tavoite',
  clientWords: 'Asiakkaan ajatuksia tavoitteesta',
  area: 'Osa-alue',
  noArea: 'Ei valittu',
  status: 'Tila',
  review: 'Milloin arvioidaan?',
  reviewOn: (when: string) => `Arvioidaan ${when}`,
  reviewDue: (when: string) => `Piti arvioida ${when}`,

  steps: 'Askeleet',
  stepsDone: (done: number, all: number) => `${done}/${all} askelta tehty`,
  step: (number: number) => `Askel ${number}`,
  addStep: 'Lisää askel',
  stepUp: (number: number) => `Siirrä askel ${number} ylemmäs`,
  stepDown: (number: number) => `Siirrä askel ${number} alemmas`,
  noSteps: 'Askeleita ei ole vielä sovittu.',
  stepDone: 'Merkitty tehdyksi',
  stepUndone: 'Merkitty tekemättömäksi',
  whoDoes: 'Kuka tekee ja millä avulla?',
  doer: 'Kuka tekee?',
  help: 'Ohjaajan apu',
  template: 'Aloita valmiista tavoitteesta',
  moreWrong: 'Tarkista lisätiedot',

  progress: 'Eteneminen käynneillä',
  noProgress: 'Tavoitetta ei ole vielä arvioitu käynneillä.',
  trend: {
    forward: 'Viime käynneillä edetty',
    same: 'Viime käynneillä ennallaan',
    back: 'Viime käynneillä otettu takapakkia',
  },
  visitDay: 'Käynti',
  move: 'Eteneminen',

  update: 'Päivitä',
  remove: 'Poista tavoite',
  removedNow: 'Tavoite poistettu',
  broughtBack: 'Palautettu',

  checklists: 'Tarkistuslistat',
  phases: 'Vaiheet',
  areas: 'Osa-alueet',
  currentPhase: 'Nykyinen vaihe',
  done: (done: number, all: number) => `${done}/${all}`,
  doneShort: (done: number, all: number) => `${done}/${all} merkitty`,
  doneInWords: (done: number, all: number) => `Merkitty ${done}, kohtia yhteensä ${all}`,
  tickedBy: (name: string, when: string) => `${name}, ${when}`,
  ticked: 'Merkitty',
  unticked: 'Ei enää merkitty',
};
