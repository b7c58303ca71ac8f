import { plural } from '../plural.ts';

/** Drafts, values that came meanwhile, differing entries, history, and what was removed. */
export const entries = {
  draftFound: (when: string) => `Jatkat kirjausta, joka jäi kesken ${when}.`,
  startOver: 'Aloita alusta',
  nothingChanged: 'Mitään ei muutettu',
  diskFull:
    'Laitteen tila on täynnä, joten tallennus ei onnistunut. Teksti on yhä tässä. Vapauta tilaa, esimerkiksi poista kuvia, ja yritä uudelleen.',
  draftNotKept:
    'Keskeneräistä tekstiä ei voitu tallentaa laitteelle. Tallenna kirjaus tai kopioi teksti ennen kuin poistut.',
  chars: (n: string, max: string) => `${n} / ${max} merkkiä`,
  textTooLong: (n: string, max: string) =>
    `Teksti on liian pitkä: ${n} merkkiä, enintään ${max}. Lyhennä sitä tai kirjaa loput erikseen.`,
  broken: 'Tätä lomaketta ei voi näyttää',
  brokenWhy:
    'Se, mitä kirjoitit, on tallessa alla. Kopioi teksti, hylkää luonnos ja kirjaa uudelleen.',
  brokenRecords:
    'Tiedoissa on jotain, mitä tämä versio ei osaa näyttää. Kerro siitä esihenkilölle.',
  brokenText: 'Luonnoksen teksti',
  discard: 'Hylkää luonnos',
  notDiscarded: 'Luonnosta ei voitu hylätä. Yritä uudelleen.',
  unfinished: 'Kesken jäänyt',
  resume: 'Jatka',

  newerTitle: 'Tähän on tullut uudempi tieto',
  newerBy: (name: string, when: string) => `${name} kirjasi ${when}`,
  newerByMe: (when: string) => `Sinä kirjasit toisaalla ${when}`,
  newerTake: 'Ota tämä',
  newerKeep: 'Pidä omani',
  newerWhy: 'Mitään ei katoa: jos tallennat valitsematta, molemmat säilyvät.',

  differing: 'Kumpi on oikein?',
  differingMany: 'Mikä on oikein?',
  differingNotice: (n: number) =>
    plural(n, {
      one: 'Yhdestä asiasta on kaksi eri kirjausta',
      other: `${n} asiasta on eri kirjauksia`,
    }),
  differingLook: 'Katso ja valitse',
  differingNone: 'Kirjaukset eivät enää eroa',
  differingNoneHint: 'Joku on jo valinnut, tai kirjaukset ovat samat.',
  youWrote: (when: string) => `Sinä kirjasit ${when}`,
  theyWrote: (name: string, when: string) => `${name} kirjasi ${when}`,
  others: (names: string) => `Sama kirjaus myös: ${names}`,
  mine: 'Minun',
  thisOne: 'Tämä on oikein',
  both: 'Pidä molemmat',
  bothText: 'Molemmat yhdessä',
  bothTextHint: 'Voit vielä muokata tekstiä ennen tallennusta.',
  bothSave: 'Tallenna molemmat',
  all: 'Pidä kaikki',
  allText: 'Kaikki yhdessä',
  allSave: 'Tallenna kaikki',
  keptInHistory: 'Toinen jää talteen historiaan.',
  othersInHistory: 'Muut jäävät talteen historiaan.',
  settled: 'Valinta tallennettu',

  history: 'Historia',
  historyPending: 'Odottaa lähetystä',
  historyPartly:
    'Näet tässä ne vaiheet, jotka ovat tällä laitteella. Loput ladataan, kun verkko toimii.',
  historyEmpty: 'Historiaa ei ole vielä tällä laitteella',
  historyEmptyHint: 'Se ladataan, kun verkkoyhteys toimii.',
  was: 'Aiemmin',
  became: 'Sitten',
  me: 'Sinä',

  removedBy: (name: string, when: string) => `${name} poisti tämän ${when}.`,
  removedByMe: (when: string) => `Poistit tämän ${when}.`,
  voidWhy: 'Miksi kirjaus poistetaan?',
  voidHint: 'Poistettu kirjaus jää historiaan: kuka poisti, milloin ja miksi.',
  voidWords: 'Tarkennus',
  voidSave: 'Tallenna syy',
  changedSince: 'Poistettu, mutta muuttunut sen jälkeen',
  changedSinceWhy: 'Poistaja ei ollut nähnyt näitä:',
  bringBack: 'Palauta',
  broughtBack: 'Palautettu',
  remove: 'Poista',
  removed: 'Poistettu',
  correct: 'Korjaa',
  gone: 'Kirjausta ei löydy',
  goneWhy: 'Sitä ei ole vielä ladattu, tai se on toisella asiakkaalla.',
  differingToday: 'Eriävät kirjaukset',
  differingWhy: 'Samasta asiasta on kaksi eri kirjausta',
};
