import { plural } from '../plural.ts';

/** What a supervisor has to look at. */
export const board = {
  title: 'Tiimi',
  exceptions: 'Poikkeamat',
  none: 'Ei poikkeamia',
  noneHint: 'Tiimissä ei ole nyt mitään, mikä vaatisi huomiotasi.',
  inOrder: 'Ei yhtään',
  groups: {
    now: 'Nyt',
    clients: 'Asiakkaat',
    recording: 'Kirjaaminen',
    team: 'Tiimi ja laitteet',
  },
  late: 'Turvatarkistus myöhässä',
  lateWhy: 'Kukaan ei ole kuitannut ajoissa',
  alarms: 'Hälytys ei mennyt perille',
  alarmsWhy: 'Kukaan ei saanut hälytystä',
  noRoof: 'Ilman kattoa ensi yönä',
  clocksLate: 'Yli 24 h ilman vastausta',
  clocks: 'Vastattava 24 tunnin sisällä',
  terms: 'Määräaika päättymässä',
  termsWhy: 'Päätös päättyy 60 päivän sisällä',
  overdue: 'Määräpäivä mennyt',
  overdueWhy: 'Hakemukset, etuudet, arviot ja muut määräajat',
  unrecorded: 'Käynti kirjaamatta yli vuorokauden',
  drafts: 'Keskeneräiset kirjaukset',
  waiting: 'Odottaa päätöstäsi',
  unmet: 'Kirjauksesta puuttuu tietoa',
  unmetWhy: (records: number) =>
    plural(records, { one: '1 kirjauksessa', other: `${records} kirjauksessa` }),
  phones: 'Laite ei ole yhteydessä',
  phonesWhy: 'Yli 24 h edellisestä yhteydestä',
  standIns: 'Sijaisuus päättymässä',
  standInsWhy: 'Seuraavien 7 päivän aikana',
  silentWhy: 'Kevyt jakso ei ole mukana',
  unplannedWhy: 'Seuraavaa käyntiä ei ole',
  hoursWhy: 'Tässä kuussa tähän mennessä',
  fromServer: (when: string) => `Palvelimen tiedot ${when}`,
  notFromServer:
    'Ilman verkkoyhteyttä ei näy, kuka on myöhässä turvatarkistuksesta, mitkä laitteet ovat hiljaa ja mikä odottaa päätöstäsi.',
  old: (when: string) =>
    `Ei verkkoyhteyttä. Turvatarkistukset ja laitteet näkyvät sellaisina kuin ne olivat ${when}.`,
  list: {
    empty: 'Tässä ei ole nyt mitään',
    drafts: (n: number) => plural(n, { one: '1 keskeneräinen', other: `${n} keskeneräistä` }),
    since: (when: string) => `Vanhin ${when}`,
    heard: (when: string) => `Viimeksi yhteydessä ${when}`,
    why: {
      elsewhere: 'Käyttää toista laitetta',
      session_ended: 'Kirjautuminen on päättynyt laitteella',
      silent: 'Ei verkkoyhteyttä, tai sovellusta ei ole avattu',
    } as Record<string, string>,
    until: (when: string) => `Päättyy ${when}`,
    stale: 'Nämä tiedot tulevat palvelimelta. Yhteyttä ei nyt ole.',
    more: 'Näytä lisää',
  },
};
