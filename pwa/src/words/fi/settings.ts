import { plural } from '../plural.ts';

export const settings = {
  display: 'Näyttö',
  language: 'Kieli',
  theme: 'Teema',
  themeSystem: 'Laitteen mukaan',
  themeLight: 'Vaalea',
  themeDark: 'Tumma',
  security: 'Lukitus ja salasana',
  lockAfter: 'Lukitse, kun laitetta ei käytetä',
  lockMinutes: (n: number) => `${n} min`,
  quick: 'Avaa sormenjäljellä tai kasvoilla',
  quickWhat:
    'Lukittu Ovikello aukeaa yhdellä kosketuksella, myös ilman verkkoa. Salasana toimii silti aina.',
  quickIsOn: 'Käytössä',
  quickTurnOn: 'Ota käyttöön',
  quickTurnOff: 'Poista käytöstä',
  quickHow:
    'Laite tunnistaa sinut samalla tavalla kuin omaa lukitustaan avatessaan. Sormenjälkesi tai kasvosi eivät lähde laitteesta, eikä Ovikello näe niitä.',
  quickWho:
    'Ovikellon voi silloin avata jokainen, jonka sormenjälki tai kasvot on tallennettu tähän laitteeseen tai joka tietää sen suojakoodin. Jos laitteella on muitakin käyttäjiä, käytä vain salasanaa.',
  quickOn: 'Sormenjälki tai kasvot avaavat nyt Ovikellon',
  quickOff: 'Vain salasana avaa nyt Ovikellon',
  quickDeclined: 'Käyttöönotto keskeytyi. Mitään ei muutettu.',
  quickMissing:
    'Tämä laite tai selain ei osaa avata Ovikelloa sormenjäljellä tai kasvoilla. Salasana toimii aina.',
  pin: 'Avaa PIN-koodilla',
  pinWhat:
    'Nopeampi kirjoittaa kuin salasana. Viiden väärän yrityksen jälkeen PIN-koodi poistuu, ja avaat salasanalla.',
  pinSet: 'Aseta PIN-koodi',
  pinDrop: 'Poista PIN-koodi',
  pinNew: 'Uusi PIN-koodi',
  pinNewHint: (min: number, max: number) =>
    `${min}–${max} numeroa. Älä käytä syntymäaikaasi äläkä laitteen omaa suojakoodia.`,
  pinAgain: 'PIN-koodi uudelleen',
  pinEasy: 'Valitse PIN-koodi, jota muut eivät kokeile ensimmäisenä',
  pinDiffers: 'PIN-koodit eivät ole samat',
  pinOn: 'PIN-koodi avaa nyt Ovikellon',
  pinOff: 'PIN-koodi poistettiin',
  pinLost:
    'Palvelimen vastaus ei tullut perille. Vanha PIN-koodi poistettiin varmuuden vuoksi: aseta uusi, kun verkko toimii.',
  pinNeedsNetwork: 'PIN-koodin asettaminen ja poistaminen tarvitsevat verkon.',
  pseudonym: (label: string) =>
    `Lukitusnäytössä peitenimesi on ${label}, jotta muut eivät näe, kuka laitetta käyttää.`,
  storageAlmostFull:
    'Laitteen tila on loppumassa. Lähetä kirjaukset ja vapauta tilaa, esimerkiksi poista kuvia.',
  updateReady: 'Päivitys on valmis',
  updateWhenClosed: 'Päivitys odottaa, kunnes kesken oleva kirjaus on tallennettu.',
  lockNow: 'Lukitse nyt',
  changePassword: 'Vaihda salasana',
  currentPassword: 'Nykyinen salasana',
  newPassword: 'Uusi salasana',
  newPasswordHint: (n: number) =>
    `Vähintään ${n} merkkiä. Lause tai muutama sana on hyvä; sitä on helppo kirjoittaa puhelimella.`,
  newPasswordShort: (n: number) => `Uudessa salasanassa on oltava vähintään ${n} merkkiä`,
  currentMissing: 'Kirjoita nykyinen salasana',
  passwordChanged: 'Salasana vaihdettu',
  changeNeedsNetwork: 'Salasanan vaihto tarvitsee verkon.',

  storage: 'Tämä laite',
  storageUsed: (used: string, percent: string) =>
    `Ovikello käyttää ${used}, ${percent} % sille varatusta tilasta`,
  storageSealed: 'Kaikki tiedot ovat laitteella salattuina.',
  storageLasting: 'Selain ei poista tietoja itsestään.',
  storageMayGo:
    'Selain voi poistaa tiedot, jos tila loppuu. Asenna Ovikello aloitusnäytölle ja lähetä kirjaukset päivittäin.',
  lastFetch: (when: string) => `Tiedot päivitetty ${when}`,
  about: 'Ohje ja tietoja',
  licence: 'Avoimen lähdekoodin ohjelma, lisenssi EUPL 1.2',
  version: (version: string) => `Versio ${version}`,

  devices: 'Laitteet',
  devicesWhy:
    'Laitteet, joilla olet kirjautunut. Poista käytöstä laite, jota et enää käytä. Kadonneen voit tyhjentää.',
  thisDevice: 'Tämä laite',
  lastSeen: (when: string) => `Viimeksi yhteydessä ${when}`,
  neverSeen: 'Ei vielä yhteydessä',
  revoke: 'Poista käytöstä',
  revokeTitle: 'Poistetaanko laite käytöstä?',
  revokeWhat: (name: string) =>
    `${name} ei enää pääse palvelimelle. Laitteella olevat tiedot lukkiutuvat seuraavan yhteyden aikana, eivät heti.`,
  revoked: 'Poistettu käytöstä',
  revokeFailed: 'Laitetta ei voitu poistaa käytöstä. Yritä uudelleen.',
  wipe: 'Tyhjennä laite',
  wipeTitle: 'Tyhjennetäänkö laite?',
  wipeWhen:
    'Kadonneen tai varastetun laitteen tiedot tehdään lukukelvottomiksi, kun laite on seuraavan kerran yhteydessä palvelimeen. Sitä ennen niitä suojaa salasana.',
  wipeLoses: 'Laitteella olevat lähettämättömät kirjaukset menetetään. Tyhjennystä ei voi perua.',
  wipeWord: 'tyhjennä',
  wipeType: (word: string) => `Vahvista kirjoittamalla ${word}`,
  wipeNotTyped: (word: string) => `Kirjoita ${word}, jos haluat tyhjentää laitteen`,
  wipeNeedsNetwork: 'Tyhjennys tarvitsee verkon. Mitään ei tehty.',
  wipeAsked: 'Laite tyhjennetään, kun se on seuraavan kerran yhteydessä',
  wipeWaits: 'Odottaa: tyhjennetään seuraavassa yhteydessä',
  wiped: (when: string) => `Tyhjennetty ${when}`,
  devicesNeedNetwork: 'Laiteluettelo tarvitsee verkon.',
  showDevices: 'Näytä laitteet',

  signOut: 'Kirjaudu ulos',
  signOutTitle: 'Kirjaudutaanko ulos?',
  signOutClean: 'Kaikki kirjaukset on lähetetty. Asiakkaiden tiedot poistetaan tältä laitteelta.',
  signOutUnsent: (n: number) =>
    plural(n, {
      one: '1 kirjaus on lähettämättä. Jos kirjaudut ulos nyt, se katoaa lopullisesti.',
      other: `${n} kirjausta on lähettämättä. Jos kirjaudut ulos nyt, ne katoavat lopullisesti.`,
    }),
  signOutSendFirst: 'Lähetä ensin',
  signOutLose: (n: number) =>
    plural(n, {
      one: 'Hylkää 1 kirjaus ja kirjaudu ulos',
      other: `Hylkää ${n} kirjausta ja kirjaudu ulos`,
    }),

  help: 'Ohje',
  helpLine: 'Näin Ovikello toimii',
  helpPhone: 'Tiimin numero',
  helpNoPhone: 'Tiimille ei ole merkitty numeroa',

  accessibility: 'Saavutettavuus',
  accessibilityStatus:
    'Tavoitteena on WCAG 2.2:n taso AA ja standardi EN 301 549. Ulkopuolista arviointia ei ole vielä tehty, joten tämä ei ole lain tarkoittama saavutettavuusseloste.',
  accessibilityDone: 'Mitä on tehty',
  accessibilityDoneList: [
    'Kaikki toimii näppäimistöllä ja on rakennettu myös ruudunlukijalla käytettäväksi.',
    'Teksti suurenee kaksinkertaiseksi ilman vaakavieritystä.',
    'Mitään ei kerrota vain värillä.',
    'Liike vähenee, kun laite niin pyytää.',
  ],
  accessibilityMissing: 'Mitä puuttuu',
  accessibilityMissingList: [
    'Testaus ruudunlukijan käyttäjien kanssa.',
    'Selkosuomenkieliset näkymät.',
    'Ruotsinkielisten sanojen tarkistus.',
  ],
  accessibilityFeedback: 'Kerro puutteesta esihenkilöllesi tai organisaatiosi pääkäyttäjälle.',

  printedBy: (name: string, when: string) => `Tulosti ${name} ${when}`,
};
