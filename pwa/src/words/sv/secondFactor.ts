import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const secondFactor: Words['secondFactor'] = {
  title: 'Tvåstegsinloggning',
  what: 'När du loggar in frågar Ovikello utöver lösenordet efter en sexsiffrig kod i autentiseringsappen på din telefon. Ett låst Ovikello öppnas utan kod, också utan nät.',
  on: (day) => `I bruk sedan ${day}`,
  isOn: 'I bruk',
  left: (n) => plural(n, { one: '1 reservkod kvar', other: `${n} reservkoder kvar` }),
  waived:
    'I den här demon loggar också administratören in enbart med lösenord. I verklig användning krävs koden av administratörer.',
  turnOn: 'Ta koden i bruk',
  newApp: 'Byt app',
  newCodes: 'Skapa nya reservkoder',
  turnOff: 'Ta ur bruk',
  turnedOn: 'Tvåstegsinloggningen är i bruk',
  turnedOff: 'Tvåstegsinloggningen togs ur bruk',
  needsNetwork: 'Tvåstegsinloggningen visas här när förbindelsen är tillbaka.',
  changeNeedsNetwork: 'För detta behöver du en förbindelse. Ingenting ändrades.',

  neededTitle: 'Ta tvåstegsinloggning i bruk',
  neededWhy:
    'En administratör kan släppa in och stänga ute andra. Därför räcker inte enbart ett lösenord. Du kan fortsätta när koden är i bruk.',
  goToSettings: 'Öppna inställningarna',

  stepApp: 'Öppna autentiseringsappen på din telefon och lägg till ett konto.',
  stepAppHint:
    'Vilken autentiseringsapp som helst duger (TOTP). Fråga vid behov din organisations it-stöd.',
  stepScan: 'Läs av bilden med appen eller skriv nyckeln för hand.',
  picture: 'En bild som autentiseringsappen läser av. Samma nyckel står nedanför som text.',
  openApp: 'Öppna i appen på den här enheten',
  secret: 'Nyckel',
  copySecret: 'Kopiera nyckeln',
  stepCode: 'Skriv koden som appen visar.',
  confirm: 'Bekräfta',
  starting: 'Förbereds…',

  code: 'Verifieringskod',
  codeHint: 'Sex siffror',
  codeMissing: 'Skriv verifieringskoden',
  recoveryCode: 'Reservkod',
  recoveryCodeHint: '16 tecken. Varje reservkod gäller en gång.',
  askTitle: 'Ange verifieringskoden',
  askWhy: 'Koden finns i autentiseringsappen på din telefon.',
  useRecovery: 'Har du inte appen med dig? Använd en reservkod',
  useApp: 'Använd appens kod',
  lost: 'Om du varken har appen eller reservkoder, be en administratör nollställa tvåstegsinloggningen.',
  wrong: 'Koden stämmer inte, eller så har den redan använts. Vänta på nästa kod.',

  codesTitle: 'Spara reservkoderna',
  codesWhy:
    'Med dem kommer du in om telefonen försvinner. Varje kod gäller en gång. Koderna visas bara nu: förvara dem någon annanstans än i telefonen.',
  copyCodes: 'Kopiera koderna',
  kept: 'Koderna är sparade',

  reset: 'Nollställ tvåstegsinloggningen',
  resetTitle: 'Ska tvåstegsinloggningen nollställas?',
  resetWhat:
    'Gör detta först när du har fått bekräftat av personen själv att telefonen och reservkoderna är borta. Personen loggas ut från alla enheter, och för nästa inloggning räcker lösenordet. Osända anteckningar finns kvar på enheten.',
  resetDone: 'Tvåstegsinloggningen nollställdes',
  notOn: 'Inte i bruk',
};
