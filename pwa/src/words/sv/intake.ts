import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** Referrals that nobody has taken in yet. */
export const intake: Words['intake'] = {
  title: 'Remisser',
  add: 'Anteckna en remiss',
  refer: 'Gör en remiss',
  empty: 'Inga remisser i kö',
  emptyHint: 'En ny remiss antecknas här, också utan nät. Hela teamet ser den.',
  unnamed: 'Namnet är okänt',
  person: 'Vem behöver hjälp?',
  answerBy: (when: string) => `Senast ${when}`,
  late: (when: string) => `Försenad: ${when}`,
  answerNow: 'Anteckna svar nu',
  answeredNow: 'Svaret antecknat',
  takeIn: 'Ta in som klient',
  takeInHint: 'Uppgifterna kom med remissen. Remissen blir kvar bland klientens uppgifter.',
  notClient: 'En remiss, inte klient än',
  notClientWhy:
    'Hela teamet ser remissen tills någon tar in personen som klient. Därefter ser bara egen kontaktperson och chefen den.',
  change: 'Ändra personuppgifter',
  same: 'Samma person',
  count: (n: number) => plural(n, { one: '1 remiss', other: `${n} remisser` }),
  noRoof: (n: number) => `${n} utan sovplats`,
  returner: 'Återvändande klient',
  earlierPlan: 'Tidigare plan',
  earlierCase: 'Tidigare klientskap',
  earlierClosed:
    'Det tidigare klientskapet är inte öppet för dig. Den som har svarat på remissen eller chefen kan öppna det för två veckor.',
  openWhy: 'Varför öppnas det?',
  openWhyMissing: 'Välj orsak. Den sparas i loggen.',
  openReasons: {
    old_plan: 'Den tidigare planen som grund för en ny',
    safety: 'Säkerhet',
    client_asks: 'Klienten ber om det',
  },
  openEarlier: 'Öppna det tidigare klientskapet',
  openNeedsNetwork: 'Det behövs nät för att öppna. Försök igen när förbindelsen fungerar.',
  opened: 'Öppnat. Det sparas i loggen.',
  openUntil: (when) => `Öppet till ${when}`,
};
