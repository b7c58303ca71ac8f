import { plural } from './plural.ts';

export const clients = {
  search: 'Hae nimellä, tunnuksella tai osoitteella',
  whose: 'Rajaus',
  mine: 'Omat',
  all: 'Kaikki',
  count: (n: number) => plural(n, { one: '1 asiakas', other: `${n} asiakasta` }),
  none: 'Ei osumia',
  noneHint: 'Tarkista kirjoitusasu tai hae tunnuksella, esimerkiksi OV-0012.',
  clear: 'Tyhjennä haku',
  empty: 'Sinulle ei ole vielä merkitty asiakkaita',
  emptyHint: 'Esihenkilösi lisää asiakkaat. He ilmestyvät tähän itsestään.',
  fetchedAt: (when: string) => `Haettu ${when}`,
  notFetched: 'Osa tiedoista on vielä hakematta',
  name: 'Asiakas',
  phase: 'Vaihe',
  lastContact: 'Viimeksi',
  nextVisit: 'Seuraava käynti',
  hours: 'Tunnit tässä kuussa',
  worker: 'Työntekijä',
  neverMet: 'Ei vielä yhteyttä',
  notPlanned: 'Ei sovittu',
  hoursOf: (delivered: string, agreed: string) => `${delivered} / ${agreed}`,
  hoursInWords: (delivered: string, agreed: string) =>
    `Toteutunut ${delivered}, sovittu ${agreed} kuukaudessa`,
};
