import { plural } from '../plural.ts';

/** The lock, and ways to open the store besides the password. */
export const lock = {
  passkeyHint: 'Sormenjäljellä tai kasvoilla. Verkkoa ei tarvita.',
  passkeyDeclined: 'Tunnistus keskeytyi tai ei onnistunut. Yritä uudelleen tai avaa salasanalla.',
  passkeyUnsupported: 'Laite ei nyt pysty avaamaan sormenjäljellä tai kasvoilla. Avaa salasanalla.',
  passkeyOther:
    'Laitteen tunnistus on vaihtunut, eikä se enää avaa Ovikelloa. Avaa salasanalla ja ota tunnistus uudelleen käyttöön asetuksissa.',
  forgot: 'Unohtuiko salasana?',
  forgotWhat:
    'Pyydä esihenkilöltäsi uusi salasana ja kirjaudu sillä, kun verkko toimii. Lähetetyt kirjaukset ovat palvelimella tallessa. Lähettämättömät avaa vain vanha salasana tai käyttöön otettu sormenjälki, kasvot tai PIN-koodi.',
  forgotSignIn: 'Kirjaudu uudella salasanalla',
  lockedFor: (label: string) => `Tämän laitteen käyttäjä: ${label}`,
  coverName: (label: string) =>
    `${label} on peitenimi. Oikea nimesi ei näy, kun laite on lukittu. Oman peitenimesi näet asetuksista.`,
  failed: 'Ovikello ei auennut',
  failedWhat: 'Mitään ei ole kadonnut. Sulje Ovikello, avaa se uudelleen ja yritä vielä kerran.',
  failedFull:
    'Laitteen muisti on täynnä. Mitään ei ole kadonnut. Vapauta tilaa, esimerkiksi poista kuvia, ja yritä uudelleen.',
  whoOpens: 'Kuka avaa?',
  othersUnsent: (n: number) =>
    plural(n, {
      one: '1 muulla käyttäjällä on lähettämättömiä kirjauksia',
      other: `${n} muulla käyttäjällä on lähettämättömiä kirjauksia`,
    }),
  openByPasskey: 'Sormenjälki tai kasvot',
  openByPin: 'Avaa PIN-koodilla',
  pin: 'PIN-koodi',
  showPin: 'Näytä PIN-koodi',
  pinHint: (isOnline: boolean): string =>
    isOnline ? 'Tarvitsee verkon. Ilman verkkoa avaa salasanalla.' : 'Toimii myös ilman verkkoa.',
  pinMissing: 'Anna PIN-koodi',
  pinLength: (min: number, max: number) => `PIN-koodissa on ${min}–${max} numeroa`,
  pinWrong: (n: number) =>
    plural(n, {
      one: 'Väärä PIN-koodi. Voit yrittää vielä kerran. Sen jälkeen PIN-koodi poistetaan ja avaat salasanalla.',
      other: `Väärä PIN-koodi. Voit yrittää vielä ${n} kertaa.`,
    }),
  pinNoNetwork: 'Palvelin ei vastannut, eikä PIN-koodia voitu tarkistaa. Avaa salasanalla.',
  pinGone:
    'PIN-koodi ei enää avaa Ovikelloa tällä laitteella. Avaa salasanalla. Uuden PIN-koodin asetat asetuksissa.',
  openByPassword: 'Avaa salasanalla',
  oldPasswordTitle: 'Salasanasi on vaihtunut',
  oldPasswordWhy:
    'Palvelin hyväksyi uuden salasanan, mutta tämän laitteen tiedot on lukittu vielä vanhalla. Anna vanha salasana kerran.',
  oldPassword: 'Vanha salasana',
  oldPasswordLost: 'En muista vanhaa salasanaa',
  quick: 'Avaa jatkossa sormenjäljellä tai kasvoilla',
  quickHow: 'Otetaan käyttöön heti, kun olet avannut salasanalla.',
  lockWhy: 'Avaa salasanallasi. Verkkoa ei tarvita.',
  unsentHere: (n: number) =>
    plural(n, { one: '1 lähettämätön kirjaus', other: `${n} lähettämätöntä kirjausta` }),
  someoneElse: 'Kirjaudu toisena käyttäjänä',
};
