import { plural } from '../plural.ts';

export const week = {
  number: (n: number) => `viikko ${n}`,
  total: (visits: number, time: string) =>
    plural(visits, { one: `1 käynti, ${time}`, other: `${visits} käyntiä, ${time}` }),
  empty: 'Ei sovittuja käyntejä',
  emptyHint: 'Sovitut käynnit näkyvät tässä päivittäin.',
  looking: 'Asiakastietoja käydään vielä läpi. Loput käynnit ilmestyvät hetken päästä.',
  freeNotLooked:
    'Kaikkia käyntejä ei ole vielä ladattu: vapaita aikoja ehdotetaan, kun ne ovat laitteessa.',
  ownOnly: 'Viikko näyttää omat käyntisi',
  ownOnlyWhy:
    'Muiden käynnit ovat kohdassa Tiimin päivä, leveällä näytöllä myös kohdassa Tiimin viikko. Käynnillä nyt kertoo, ketkä ovat liikkeellä.',
  earlier: 'Edellinen viikko',
  following: 'Seuraava viikko',
  earlierDays: 'Aiemmin tällä viikolla',
  thisWeek: 'Tämä viikko',
  today: 'tänään',
  dayFree: 'Ei käyntejä',
  between: (time: string) => `${time} väliä`,
  overlap: (time: string) => `Päällekkäin ${time}`,
  withColleague: (name: string) => `Työpari: ${name}`,

  arrangeOn: (day: string) => `Sovi käynti, ${day}`,
  move: 'Siirrä…',
  moveFor: (name: string, when: string) => `Siirrä, asiakas: ${name}, ${when}`,
  moveTitle: 'Käynnin siirto',
  now: (when: string) => `Nyt ${when}`,
  weekLater: '+1 viikko',
  weekLaterWhen: (when: string) => `+1 viikko: ${when}`,
  free: 'Vapaita aikoja',
  freeNone: 'Tälle päivälle ei mahdu enää näin pitkää käyntiä.',
  moved: (when: string) => `Siirretty: ${when}`,
  tellColleague: (name: string) => `Käynnillä on työpari: ${name}. Sovi siirrosta yhdessä.`,

  howToMove:
    'Siirrä käyntiä vetämällä. Näppäimillä: valitse käynti, paina välilyöntiä, siirrä nuolilla.',
  moving: (name: string, when: string) =>
    `Siirretään, asiakas: ${name}, ${when}. Enter tallentaa, Esc peruu.`,
  notMoved: 'Siirto peruttu',

  whose: 'Kenen käynnit?',
  ownWeek: 'Oma viikko',
  teamDay: 'Tiimin päivä',
  teamWhat: 'Kaikkien käynnit niiden asiakkaiden luona, joiden tiedot ovat tällä laitteella.',
  dayBefore: 'Edellinen päivä',
  dayAfter: 'Seuraava päivä',
  nobodys: 'Ei työntekijää',

  teamWeek: 'Tiimin viikko',
  person: 'Työntekijä',
  noPeople: 'Ei työntekijöitä näytettäväksi',
  noPeopleWhy: 'Tiimin työntekijät ilmestyvät tähän, kun heidän asiakkaansa ovat tällä laitteella.',
  howToMoveRows:
    'Siirrä käynti vetämällä toiseen päivään tai toiselle työntekijälle. Näppäimillä: valitse käynti, paina välilyöntiä, siirrä nuolilla.',
  movingTo: (name: string, when: string, person: string) =>
    `Siirretään, asiakas: ${name}, työntekijä: ${person}, ${when}`,
  movingKeys: 'Enter tallentaa, Esc peruu.',
  movedTo: (when: string, person: string) => `Siirretty, työntekijä: ${person}, ${when}`,
  mayNotRead: (person: string) => `${person} ei ehkä näe tämän asiakkaan tietoja`,
  standInUntil: (name: string, until: string) => `Sijaisena ${name} ${until} asti`,
  standsInFor: (name: string, until: string) => `Sijaistaa: ${name}, ${until} asti`,
  standIn: (name: string) => `Sijaisena ${name}`,
  hasStandIn: (person: string, name: string) => `${person}: silloin sijaisena ${name}`,
  othersClash: (name: string, when: string, client: string) =>
    `Työparilla (${name}) on samaan aikaan sovittu: ${when}, asiakas ${client}`,
  arrangeFor: (person: string, day: string) => `Sovi käynti, työntekijä: ${person}, ${day}`,
  plannedFor: (person: string) => `Käynnin tekee ${person}`,
};
