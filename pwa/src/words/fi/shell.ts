import { plural } from '../plural.ts';

/** The frame of every screen: places, the state of sending, and the words of buttons. */
export const shell = {
  fictional: 'Keksittyä tietoa – ei oikeita asiakkaita',
  places: 'Paikat',
  skip: 'Siirry sisältöön',
  title: (screen: string) => `${screen} – Ovikello`,

  today: 'Tänään',
  clients: 'Asiakkaat',
  add: 'Lisää kirjaus',
  week: 'Viikko',
  reminders: 'Muistutukset',
  out: 'Käynnillä nyt',
  more: 'Valikko',
  outbox: 'Lähtevät',
  held: 'Päätöstäsi odottavat',
  reports: 'Raportit',
  settings: 'Asetukset',
  help: 'Ohje',

  offline: 'Ei yhteyttä – kirjaukset tallentuvat tälle laitteelle',
  waiting: (n: number) =>
    plural(n, { one: '1 kirjaus odottaa lähetystä', other: `${n} kirjausta odottaa lähetystä` }),
  sending: (i: number, n: number) => `Lähetetään ${i}/${n}`,
  receiving: (i: number, n: number) => (n > 0 ? `Ladataan ${i}/${n}` : 'Ladataan'),
  sent: (when: string) => `Kaikki lähetetty ${when}`,
  failed: 'Lähetys ei onnistunut. Kirjaukset ovat tallessa.',
  fix: (n: number) =>
    plural(n, { one: '1 kirjaus vaatii korjausta', other: `${n} kirjausta vaatii korjausta` }),
  signInNeeded: 'Kirjaudu sisään, niin kirjaukset lähtevät',
  updateNeeded: 'Päivitä sovellus, niin kirjaukset lähtevät',
  unfinished: 'Tietojen lataus kesken',
  nothingSent: 'Ei lähetettävää',
  noConnection: 'Ei verkkoyhteyttä. Tarkista yhteys ja yritä uudelleen.',
  save: 'Tallenna',
  cancel: 'Peruuta',
  close: 'Sulje',
  back: 'Takaisin',
  undo: 'Kumoa',
  undone: 'Kumottu',
  notUndone: 'Kumoaminen ei onnistunut. Kirjaus on tallessa.',
  tryAgain: 'Yritä uudelleen',
  savedHere: 'Tallennettu tälle laitteelle',
  notSaved: 'Tallennus ei onnistunut. Teksti on yhä tässä: kopioi se ja yritä uudelleen.',
  optional: 'vapaaehtoinen',
  errorTitle: 'Tarkista nämä kohdat',
  notVisible: 'Ei näkyvissä sinulle',
  waitingMark: 'Odottaa lähetystä',

  updateReady: 'Päivitys on valmis',
  updateWhenClosed: 'Päivitys odottaa, kunnes kesken oleva kirjaus on tallennettu.',
  update: 'Päivitä',
  storageAlmostFull:
    'Laitteen tila on loppumassa. Lähetä kirjaukset ja vapauta tilaa, esimerkiksi poista kuvia.',
  unknownProblem: 'Palvelin ei hyväksynyt tätä. Päivitä sovellus ja yritä uudelleen.',
};
