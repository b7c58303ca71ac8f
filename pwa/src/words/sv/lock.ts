import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** The lock, and ways to open the store besides the password. */
export const lock: Words['lock'] = {
  passkeyHint: 'Med fingeravtryck eller ansikte. Nät behövs inte.',
  passkeyDeclined:
    'Igenkänningen avbröts eller lyckades inte. Försök igen eller öppna med lösenordet.',
  passkeyUnsupported:
    'Enheten kan inte öppna med fingeravtryck eller ansikte just nu. Öppna med lösenordet.',
  passkeyOther:
    'Enhetens igenkänning har ändrats och öppnar inte längre Ovikello. Öppna med lösenordet och ta igenkänningen i bruk på nytt i inställningarna.',
  forgot: 'Har du glömt lösenordet?',
  forgotWhat:
    'Be din chef om ett nytt lösenord och logga in med det när nätet fungerar. Det som har skickats finns kvar på servern. Det som inte har skickats öppnas bara med det gamla lösenordet, eller med fingeravtryck, ansikte eller PIN-kod om du har tagit dem i bruk.',
  forgotSignIn: 'Logga in med det nya lösenordet',
  lockedFor: (label) => `Enhetens användare: ${label}`,
  coverName: (label) =>
    `${label} är ett täcknamn. Ditt riktiga namn syns inte när enheten är låst. Ditt eget täcknamn ser du i inställningarna.`,
  failed: 'Ovikello öppnades inte',
  failedWhat: 'Inget har gått förlorat. Stäng Ovikello, öppna den igen och försök en gång till.',
  failedFull:
    'Enhetens minne är fullt. Inget har gått förlorat. Frigör utrymme, till exempel genom att ta bort bilder, och försök igen.',
  whoOpens: 'Vem öppnar?',
  othersUnsent: (n) =>
    plural(n, {
      one: '1 annan användare har anteckningar som inte har skickats',
      other: `${n} andra användare har anteckningar som inte har skickats`,
    }),
  openByPasskey: 'Fingeravtryck eller ansikte',
  openByPin: 'Öppna med PIN-kod',
  pin: 'PIN-kod',
  showPin: 'Visa PIN-koden',
  pinHint: (isOnline) =>
    isOnline ? 'Behöver nät. Utan nät öppnar du med lösenordet.' : 'Fungerar också utan nät.',
  pinMissing: 'Ange PIN-koden',
  pinLength: (min, max) => `PIN-koden har ${min}–${max} siffror`,
  pinWrong: (n) =>
    plural(n, {
      one: 'Fel PIN-kod. Du kan försöka en gång till. Sedan tas PIN-koden bort och du öppnar med lösenordet.',
      other: `Fel PIN-kod. Du kan försöka ${n} gånger till.`,
    }),
  pinNoNetwork: 'Servern svarade inte, så PIN-koden kunde inte kontrolleras. Öppna med lösenordet.',
  pinGone:
    'PIN-koden öppnar inte längre Ovikello på den här enheten. Öppna med lösenordet. En ny PIN-kod väljer du i inställningarna.',
  openByPassword: 'Öppna med lösenord',
  oldPasswordTitle: 'Ditt lösenord har bytts',
  oldPasswordWhy:
    'Servern godkände det nya lösenordet, men uppgifterna på den här enheten är ännu låsta med det gamla. Ange det gamla lösenordet en gång.',
  oldPassword: 'Gammalt lösenord',
  oldPasswordLost: 'Jag minns inte det gamla lösenordet',
  quick: 'Öppna framöver med fingeravtryck eller ansikte',
  quickHow: 'Tas i bruk genast när du har öppnat med lösenordet.',
  lockWhy: 'Öppna med ditt lösenord. Nät behövs inte.',
  unsentHere: (n) =>
    plural(n, {
      one: '1 anteckning som inte har skickats',
      other: `${n} anteckningar som inte har skickats`,
    }),
  someoneElse: 'Logga in som en annan användare',
};
