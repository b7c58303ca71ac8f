import { plural } from '../plural.ts';

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

  firstSync: 'Ladataan asiakkaitasi',
  firstSyncWhy:
    'Asiakkaat ja käynnit ladataan kerran salattuna tälle laitteelle. Jos yhteys katkeaa, lataus jatkuu siitä, mihin jäi.',
  fetched: (done: string, total: string) => `${done} / ${total} tietoa ladattu`,
  connecting: 'Yhdistetään…',
  fetchWaits: 'Ei yhteyttä. Lataus jatkuu itsestään, kun verkko palaa.',
  fetchFailed: 'Lataus ei onnistunut. Se jatkuu siitä, mihin jäi.',

  lockTitle: 'Ovikello on lukittu',
  open: 'Avaa',
  opening: 'Avataan…',
  wrong: 'Salasana ei täsmää.',
  wait: (seconds: number) =>
    seconds > 60
      ? `Odota ${Math.ceil(seconds / 60)} minuuttia ennen seuraavaa yritystä.`
      : plural(seconds, {
          one: 'Odota 1 sekunti ennen seuraavaa yritystä.',
          other: `Odota ${seconds} sekuntia ennen seuraavaa yritystä.`,
        }),
  outdated: 'Ovikello on päivittynyt',
  outdatedWhy:
    'Päivitetty Ovikello on jo auki toisessa ikkunassa. Kirjauksesi ja kesken jäänyt teksti ovat tallessa tällä laitteella. Päivitä, niin jatkat siitä, mihin jäit.',
  noStorage: 'Ovikello ei voi tallentaa tälle laitteelle',
  noStorageWhy:
    'Selain estää tallennuksen, tai laitteen tila on lopussa. Sulje yksityinen ikkuna, vapauta tilaa ja yritä uudelleen. Mitä on jo tallennettu, on tallessa.',
};
