import { plural } from '../plural.ts';

/** Signing in with a code besides the password. */
export const secondFactor = {
  title: 'Kaksivaiheinen kirjautuminen',
  what: 'Kun kirjaudut, Ovikello kysyy salasanan lisäksi kuusinumeroisen koodin puhelimesi todennussovelluksesta. Lukittu Ovikello aukeaa ilman koodia, myös ilman verkkoa.',
  on: (day: string) => `Käytössä ${day} alkaen`,
  isOn: 'Käytössä',
  left: (n: number) =>
    plural(n, { one: '1 varakoodi jäljellä', other: `${n} varakoodia jäljellä` }),
  waived:
    'Tässä esittelyssä pääkäyttäjäkin kirjautuu pelkällä salasanalla. Oikeassa käytössä koodi vaaditaan pääkäyttäjiltä.',
  turnOn: 'Ota koodi käyttöön',
  newApp: 'Vaihda sovellus',
  newCodes: 'Tee uudet varakoodit',
  turnOff: 'Poista käytöstä',
  turnedOn: 'Kaksivaiheinen kirjautuminen on käytössä',
  turnedOff: 'Kaksivaiheinen kirjautuminen poistettu käytöstä',
  needsNetwork: 'Kaksivaiheinen kirjautuminen näkyy tässä, kun yhteys palaa.',
  changeNeedsNetwork: 'Tähän tarvitset yhteyden. Mitään ei muutettu.',

  neededTitle: 'Ota käyttöön kaksivaiheinen kirjautuminen',
  neededWhy:
    'Pääkäyttäjä voi päästää ihmisiä sisään ja sulkea heitä ulos. Siksi pelkkä salasana ei riitä. Pääset jatkamaan, kun koodi on käytössä.',
  goToSettings: 'Avaa asetukset',

  stepApp: 'Avaa puhelimesi todennussovellus ja lisää siihen uusi tunnus.',
  stepAppHint:
    'Mikä tahansa todennussovellus käy (TOTP). Kysy tarvittaessa organisaatiosi IT-tuesta.',
  stepScan: 'Lue kuva sovelluksella tai kirjoita avain käsin.',
  picture: 'Kuva, jonka todennussovellus lukee. Sama avain on alla tekstinä.',
  openApp: 'Avaa tämän laitteen sovelluksessa',
  secret: 'Avain',
  copySecret: 'Kopioi avain',
  stepCode: 'Kirjoita koodi, jonka sovellus näyttää.',
  confirm: 'Vahvista',
  starting: 'Valmistellaan…',

  code: 'Vahvistuskoodi',
  codeHint: 'Kuusi numeroa',
  codeMissing: 'Kirjoita vahvistuskoodi',
  recoveryCode: 'Varakoodi',
  recoveryCodeHint: '16 merkkiä. Jokainen varakoodi käy kerran.',
  askTitle: 'Anna vahvistuskoodi',
  askWhy: 'Koodi on puhelimesi todennussovelluksessa.',
  useRecovery: 'Sovellus ei ole mukana? Käytä varakoodia',
  useApp: 'Käytä sovelluksen koodia',
  lost: 'Jos sinulla ei ole sovellusta eikä varakoodeja, pyydä pääkäyttäjää nollaamaan kaksivaiheinen kirjautuminen.',
  wrong: 'Koodi ei täsmää, tai se on jo käytetty. Odota seuraavaa koodia.',

  codesTitle: 'Tallenna varakoodit',
  codesWhy:
    'Näillä pääset sisään, jos puhelin katoaa. Jokainen koodi käy kerran. Koodit näkyvät vain nyt: säilytä ne muualla kuin puhelimessa.',
  copyCodes: 'Kopioi koodit',
  kept: 'Koodit ovat tallessa',

  reset: 'Nollaa kaksivaiheinen kirjautuminen',
  resetTitle: 'Nollataanko kaksivaiheinen kirjautuminen?',
  resetWhat:
    'Tee tämä vain, kun olet varmistanut henkilöltä itseltään, että puhelin ja varakoodit ovat poissa. Hänet kirjataan ulos kaikilta laitteilta, ja seuraavaan kirjautumiseen riittää salasana. Lähettämättömät kirjaukset säilyvät hänen laitteellaan.',
  resetDone: 'Kaksivaiheinen kirjautuminen nollattu',
  notOn: 'Ei käytössä',
};
