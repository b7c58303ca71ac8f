import type { Words } from '../fi/index.ts';

export const outbox: Words['outbox'] = {
  needsFixing: 'Behöver rättas',
  waiting: 'Väntar på att skickas',
  sending: 'Skickas',
  held: 'Hos chefen',
  heldWhy: 'Anteckningen finns kvar, och din chef avgör vad som görs.',
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
  handOver: 'Skicka till chefen',
  handedOver: 'Anteckningen skickas till chefen, som ser den i sin helhet och avgör vad som görs.',
  advice: {
    shorten:
      'Anteckningen kan inte skickas så här lång, inte heller till chefen. Kopiera texten, korta den under Rätta och skriv resten för sig.',
    writeAnew:
      'Anteckningen kan inte skickas som den är, inte heller till chefen. Kopiera texten och skriv den på nytt.',
    saveAnew:
      'Öppna Rätta och spara: anteckningen får en ny beteckning och skickas. Texten behöver inte ändras.',
  },
  copyFailed: 'Kopieringen lyckades inte. Markera texten och kopiera den själv.',
  wholeText: 'Hela anteckningen',
  plannedVisit: 'Planerat besök',
  also: (list) => `Dessutom ${list}`,
  restIsFine: 'De andra delarna av anteckningen är i ordning.',
  states: {
    waiting: 'Väntar på att skickas',
    sending: 'Skickas',
    sent: 'Skickat',
    held: 'Hos chefen',
    refused: 'Behöver rättas',
  },
  sentAt: (when) => `Skickat ${when}`,
  lastExchange: (when) => `Uppgifterna hämtade ${when}`,
  neverFetched: 'Uppgifterna har inte hämtats ännu',
  signIn: 'Logga in',
  unknownClient: 'Klienten finns inte längre på den här enheten',
};
