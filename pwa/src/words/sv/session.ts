import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const session: Words['session'] = {
  signIn: 'Logga in',
  tagline: 'Hembesöken antecknade vid dörren, också utan nät.',
  name: 'Användarnamn',
  password: 'Lösenord',
  showPassword: 'Visa lösenordet',
  nameMissing: 'Skriv ditt användarnamn',
  passwordMissing: 'Skriv ditt lösenord',
  networkOnlyNow:
    'Du behöver nät bara nu. Därefter fungerar Ovikello också utan nät, och med samma lösenord öppnar du den på den här enheten.',
  signingIn: 'Loggar in…',
  noConnection: 'Det går inte att nå nätet. Du behöver nät bara för den här inloggningen.',
  otherProfile: 'Öppna Ovikello på den här enheten',
  forgotten: 'Har du glömt lösenordet? Din chef ger dig ett nytt.',

  firstSync: 'Hämtar dina klienter',
  firstSyncWhy:
    'Klienterna och besöken hämtas en gång, krypterade, till den här enheten. Om anslutningen bryts fortsätter hämtningen där den slutade.',
  fetched: (done, total) => `${done} / ${total} uppgifter hämtade`,
  connecting: 'Ansluter…',
  fetchWaits: 'Ingen anslutning. Hämtningen fortsätter av sig själv när nätet är tillbaka.',
  fetchFailed: 'Hämtningen lyckades inte. Den fortsätter där den slutade.',

  lockTitle: 'Ovikello är låst',
  open: 'Öppna',
  opening: 'Öppnar…',
  wrong: 'Lösenordet stämmer inte.',
  wait: (seconds) =>
    seconds > 60
      ? `Vänta ${Math.ceil(seconds / 60)} minuter före nästa försök.`
      : plural(seconds, {
          one: 'Vänta 1 sekund före nästa försök.',
          other: `Vänta ${seconds} sekunder före nästa försök.`,
        }),
  outdated: 'Ovikello har uppdaterats',
  outdatedWhy:
    'Den uppdaterade Ovikello är redan öppen i ett annat fönster. Dina anteckningar och det du höll på att skriva finns kvar på den här enheten. Uppdatera, så fortsätter du där du slutade.',
  noStorage: 'Ovikello kan inte spara på den här enheten',
  noStorageWhy:
    'Webbläsaren hindrar sparandet, eller så är utrymmet slut. Stäng det privata fönstret, frigör utrymme och försök igen. Det som redan har sparats finns kvar.',
};
