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

  repeats: 'Toistuuko käynti?',
  repeatsNot: 'Ei toistu',
  everyWeek: 'Joka viikko',
  everySecondWeek: 'Joka toinen viikko',
  until: 'Viimeinen päivä',
  onWeekdays: [
    'sunnuntaisin',
    'maanantaisin',
    'tiistaisin',
    'keskiviikkoisin',
    'torstaisin',
    'perjantaisin',
    'lauantaisin',
  ],
  series: (n: number, weeks: number, on: string, clock: string, last: string) => {
    const often = weeks === 2 ? `joka toinen viikko, ${on}` : on;
    return n === 1
      ? `1 käynti, ${last} ${clock}`
      : `${n} käyntiä, ${often} ${clock}, viimeinen ${last}`;
  },
  rhythm: (weeks: number, on: string, clock: string) =>
    weeks === 2 ? `Joka toinen viikko ${on} ${clock}` : `Joka viikko ${on} ${clock}`,
  rhythmNext: (days: string) => `Seuraavat: ${days}`,
  leaveOut: 'Jätetäänkö nämä päivät pois?',
  repeatFaults: {
    missing: 'Anna päivä, johon asti käynti toistuu',
    before: 'Viimeinen päivä on ennen ensimmäistä käyntiä',
    none: 'Kaikki käynnit on jätetty pois. Jätä ainakin yksi.',
  },
  tooManyVisits: (n: number, last: string) =>
    `Kerralla voi sopia enintään ${n} käyntiä. Valitse viimeiseksi päiväksi ${last} tai aiempi.`,
  savedMany: (n: number) => `${n} käyntiä tallennettu tälle laitteelle`,
  scope: 'Mitä muutos koskee?',
  scopeThis: 'Vain tätä käyntiä',
  scopeLater: (n: number) =>
    plural(n, { one: 'Tätä ja seuraavaa', other: `Tätä ja ${n} seuraavaa` }),
  laterGo: (n: number, last: string) =>
    plural(n, {
      one: `Myös seuraava siirtyy: ${last}.`,
      other: `Myös ${n} seuraavaa siirtyy, viimeinen ${last}.`,
    }),
  laterMeet: (days: string) => `Näinä päivinä on muuta: ${days}`,
  laterStay: (days: string) => `Näitä on siirretty erikseen, ja ne jäävät ennalleen: ${days}`,
  movedToo: (n: number) =>
    plural(n, { one: 'Seuraava siirtyi myös', other: `${n} seuraavaa siirtyi myös` }),
  callOff: (n: number) => `Peru ${n} käyntiä`,
  calledOff: (n: number) => `${n} käyntiä peruttu`,
  holidays: {
    new_years_day: 'uudenvuodenpäivä',
    epiphany: 'loppiainen',
    good_friday: 'pitkäperjantai',
    easter_sunday: 'pääsiäispäivä',
    easter_monday: '2. pääsiäispäivä',
    may_day: 'vappu',
    ascension_day: 'helatorstai',
    pentecost: 'helluntai',
    midsummer_eve: 'juhannusaatto',
    midsummer_day: 'juhannuspäivä',
    all_saints_day: 'pyhäinpäivä',
    independence_day: 'itsenäisyyspäivä',
    christmas_eve: 'jouluaatto',
    christmas_day: 'joulupäivä',
    second_day_of_christmas: 'tapaninpäivä',
  },

  save: 'Tallenna',
  saveUnanswered: 'Ei vastannut, tallenna',
  saveCorrection: 'Tallenna korjaus',
};
