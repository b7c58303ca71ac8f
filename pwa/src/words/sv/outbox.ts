import type { Words } from '../fi/index.ts';

export const outbox: Words['outbox'] = {
  needsFixing: 'Behöver rättas',
  waiting: 'Väntar på att skickas',
  sending: 'Skickas',
  held: 'Hos chefen',
  heldWhy:
    'Du sköter inte längre den här klienten. Anteckningen finns kvar, och din chef avgör vad som görs.',
  sentToday: 'Skickat i dag',
  sendNow: 'Skicka nu',
  sendingNow: 'Skickar…',
  allSent: (when) => `Allt skickat ${when}`,
  nothingYet: 'Inga anteckningar har skickats ännu',
  nothingWaits: 'Inget väntar på att skickas',
  offlineWhy: 'Ingen anslutning. Anteckningarna skickas av sig själva när nätet är tillbaka.',
  mend: 'Rätta',
  mendTitle: 'Rätta anteckningen',
  mendSave: 'Spara och skicka',
  copy: 'Kopiera texten',
  copied: 'Texten har kopierats',
  copyFailed: 'Kopieringen lyckades inte. Markera texten och kopiera den själv.',
  wholeText: 'Hela anteckningen',
  lastExchange: (when) => `Uppgifterna hämtade ${when}`,
  neverFetched: 'Uppgifterna har inte hämtats ännu',
  signIn: 'Logga in',
  unknownClient: 'Klienten finns inte längre på den här enheten',
};
