import { plural } from '../plural.ts';

export const search = {
  title: 'Haku',
  label: 'Hae asiakkaista ja kirjauksista',
  labelOf: (name: string) => `Hae kirjauksista, asiakas: ${name}`,
  onlyOf: (name: string) => `Vain ${name}`,
  everywhere: 'Hae kaikista',
  inClient: 'Hae asiakkaan kirjauksista',
  hint: 'Kaikkien sanojen pitää löytyä. Osa sanasta riittää: ”vuok” löytää vuokravelan.',
  kinds: 'Mistä haetaan',
  all: 'Kaikki kirjaukset',
  everybody: 'Kaikki asiakkaat',
  mine: 'Omat asiakkaat',
  count: (n: number) => plural(n, { one: '1 osuma', other: `${n} osumaa` }),
  more: (n: number) => plural(n, { one: 'Näytä 1 osuma lisää', other: `Näytä ${n} osumaa lisää` }),
  looking: 'Haetaan lisää…',
  entries: 'Kirjauksissa',
  others: (n: number) =>
    plural(n, {
      one: 'Lisäksi 1 asiakkaalla. Tarkenna hakua.',
      other: `Lisäksi ${n} asiakkaalla. Tarkenna hakua.`,
    }),
  fromNotes: 'Hae kirjauksista',
  none: 'Ei osumia',
  noneHint: 'Kokeile lyhyempää sanaa tai sanan alkua.',
  start: 'Mitä etsit?',
  startHint: 'Haku toimii ilman verkkoa. Se, kenen kirjauksia näet, kirjautuu käyttölokiin.',
  failed: 'Haku ei onnistunut. Yritä uudelleen.',
};
