import { plural } from './plural.ts';

/** Signing in, the first fetch and the lock. */
export const session = {
  signIn: 'Kirjaudu sisään',
  tagline: 'Kotikäynnit muistiin ovella, myös ilman verkkoa.',
  name: 'Käyttäjätunnus',
  password: 'Salasana',
  showPassword: 'Näytä salasana',
  nameMissing: 'Kirjoita käyttäjätunnus',
  passwordMissing: 'Kirjoita salasana',
  networkOnlyNow:
    'Tarvitset verkon vain nyt. Sen jälkeen Ovikello toimii myös ilman verkkoa, ja samalla salasanalla avaat sen tällä laitteella.',
  signingIn: 'Kirjaudutaan…',
  noConnection: 'Ei verkkoyhteyttä. Tarvitset sen vain tähän kirjautumiseen.',
  otherProfile: 'Avaa laitteella oleva Ovikello',
  forgotten: 'Unohtuiko salasana? Esihenkilösi antaa uuden.',

  firstSync: 'Haetaan asiakkaitasi',
  firstSyncWhy:
    'Asiakkaat ja käynnit haetaan kerran salattuna tälle laitteelle. Jos yhteys katkeaa, haku jatkuu siitä, mihin jäi.',
  fetched: (done: string, total: string) => `${done} / ${total} tietoa haettu`,
  connecting: 'Yhdistetään…',
  fetchWaits: 'Ei yhteyttä. Haku jatkuu itsestään, kun verkko palaa.',
  fetchFailed: 'Haku ei onnistunut. Se jatkuu siitä, mihin jäi.',

  lockTitle: 'Ovikello on lukittu',
  lockWhy: 'Avaa salasanallasi. Verkkoa ei tarvita.',
  open: 'Avaa',
  opening: 'Avataan…',
  lockedFor: (label: string) => `Käyttäjä: ${label}`,
  passkeyHint: 'Sormenjäljellä tai kasvoilla. Verkkoa ei tarvita.',
  openByPasskey: 'Sormenjälki tai kasvot',
  openByPassword: 'Avaa salasanalla',
  passkeyDeclined: 'Tunnistus keskeytyi tai ei onnistunut. Yritä uudelleen tai avaa salasanalla.',
  passkeyUnsupported: 'Laite ei nyt pysty avaamaan sormenjäljellä tai kasvoilla. Avaa salasanalla.',
  passkeyOther:
    'Laitteen tunnistus on vaihtunut, eikä se enää avaa Ovikelloa. Avaa salasanalla ja ota tunnistus uudelleen käyttöön asetuksissa.',
  failed: 'Ovikello ei auennut',
  failedWhat: 'Mitään ei ole kadonnut. Sulje Ovikello, avaa se uudelleen ja yritä vielä kerran.',
  failedFull:
    'Laitteen muisti on täynnä. Mitään ei ole kadonnut. Vapauta tilaa, esimerkiksi poista kuvia, ja yritä uudelleen.',
  forgot: 'Unohtuiko salasana?',
  forgotWhat:
    'Pyydä esihenkilöltäsi uusi salasana ja kirjaudu sillä, kun verkko toimii. Lähetetyt kirjaukset ovat palvelimella tallessa. Lähettämättömät avaa vain vanha salasana tai käyttöön otettu sormenjälki tai kasvot.',
  forgotSignIn: 'Kirjaudu uudella salasanalla',
  whoOpens: 'Kuka avaa?',
  unsentHere: (n: number) =>
    plural(n, { one: '1 lähettämätön kirjaus', other: `${n} lähettämätöntä kirjausta` }),
  othersUnsent: (n: number) =>
    plural(n, {
      one: '1 muulla käyttäjällä on lähettämättömiä kirjauksia',
      other: `${n} muulla käyttäjällä on lähettämättömiä kirjauksia`,
    }),
  someoneElse: 'Kirjaudu toisena käyttäjänä',
  wrong: 'Salasana ei täsmää.',
  wait: (seconds: number) =>
    seconds > 60
      ? `Odota ${Math.ceil(seconds / 60)} minuuttia ennen seuraavaa yritystä.`
      : plural(seconds, {
          one: 'Odota 1 sekunti ennen seuraavaa yritystä.',
          other: `Odota ${seconds} sekuntia ennen seuraavaa yritystä.`,
        }),
  damaged: 'Laitteella olevat tiedot ovat vioittuneet, eikä niitä voi avata.',

  outdated: 'Ovikello on päivittynyt',
  outdatedWhy:
    'Päivitetty Ovikello on jo auki toisessa ikkunassa. Kirjauksesi ja kesken jäänyt teksti ovat tallessa tällä laitteella. Päivitä, niin jatkat siitä, mihin jäit.',
  noStorage: 'Ovikello ei voi tallentaa tälle laitteelle',
  noStorageWhy:
    'Selain estää tallennuksen, tai laitteen tila on lopussa. Sulje yksityinen ikkuna, vapauta tilaa ja yritä uudelleen. Mitä on jo tallennettu, on tallessa.',

  oldPasswordTitle: 'Salasanasi on vaihtunut',
  oldPasswordWhy:
    'Palvelin hyväksyi uuden salasanan, mutta tämän laitteen tiedot on lukittu vielä vanhalla. Anna vanha salasana kerran.',
  oldPassword: 'Vanha salasana',
  oldPasswordLost: 'En muista vanhaa salasanaa',

  unreadableTitle: 'Näitä tietoja ei voi enää avata',
  unreadable: (n: number) =>
    plural(n, {
      one: '1 lähettämätön kirjaus on laitteella, mutta sitä ei voi lukea ilman vanhaa salasanaa.',
      other: `${n} lähettämätöntä kirjausta on laitteella, mutta niitä ei voi lukea ilman vanhaa salasanaa.`,
    }),
  unreadableNone: 'Kaikki kirjauksesi on lähetetty. Mitään ei katoa, kun tiedot haetaan uudelleen.',
  unreadableUnknown: 'Laitteella voi olla kirjauksia, joita ei ole lähetetty.',
  unreadableWhat:
    'Jos muistat vanhan salasanan myöhemmin, tiedot aukeavat silloin. Jos aloitat alusta, lähettämättömät kirjaukset katoavat lopullisesti.',
  startOver: 'Aloita alusta tällä laitteella',
  startOverLoses: (n: number) =>
    plural(n, {
      one: 'Ymmärrän, että 1 lähettämätön kirjaus katoaa',
      other: `Ymmärrän, että ${n} lähettämätöntä kirjausta katoaa`,
    }),
  startOverUnderstood: 'Ymmärrän, että lähettämättömät kirjaukset katoavat',
  tryOldPassword: 'Kokeile vanhaa salasanaa',
};
