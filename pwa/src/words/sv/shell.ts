import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const shell: Words['shell'] = {
  fictional: 'Påhittade uppgifter – inga riktiga klienter',
  places: 'Platser',
  skip: 'Gå till innehållet',
  title: (screen) => `${screen} – Ovikello`,

  today: 'I dag',
  clients: 'Klienter',
  add: 'Ny anteckning',
  week: 'Vecka',
  reminders: 'Påminnelser',
  out: 'Ute nu',
  more: 'Mer',
  outbox: 'Utgående',
  held: 'Att behandla',
  settings: 'Inställningar',
  help: 'Hjälp',

  offline: 'Ingen anslutning – anteckningarna sparas i telefonen',
  waiting: (n) =>
    plural(n, {
      one: '1 anteckning väntar på att skickas',
      other: `${n} anteckningar väntar på att skickas`,
    }),
  sending: (i, n) => `Skickar ${i}/${n}`,
  receiving: (i, n) => (n > 0 ? `Hämtar ${i}/${n}` : 'Hämtar'),
  sent: (when) => `Allt skickat ${when}`,
  failed: 'Det gick inte att skicka. Anteckningarna finns kvar.',
  fix: (n) =>
    plural(n, { one: '1 anteckning behöver rättas', other: `${n} anteckningar behöver rättas` }),
  signInNeeded: 'Logga in så skickas anteckningarna',
  updateNeeded: 'Uppdatera appen så skickas anteckningarna',
  unfinished: 'Hämtningen är inte klar',
  nothingSent: 'Inget att skicka',
  noConnection: 'Det går inte att nå nätet. Kontrollera anslutningen och försök igen.',
  unknownProblem: 'Servern godkände inte detta. Uppdatera appen och försök igen.',

  save: 'Spara',
  cancel: 'Avbryt',
  close: 'Stäng',
  back: 'Tillbaka',
  undo: 'Ångra',
  undone: 'Ångrat',
  notUndone: 'Det gick inte att ångra. Anteckningen finns kvar.',
  remove: 'Ta bort',
  bringBack: 'Återställ',
  edit: 'Ändra',
  tryAgain: 'Försök igen',
  show: 'Visa',
  hide: 'Dölj',
  savedHere: 'Sparat i telefonen',
  notSaved: 'Det gick inte att spara. Texten står kvar här: kopiera den och försök igen.',
  optional: 'valfritt',
  loading: 'Laddar',
  yes: 'Ja',
  no: 'Nej',
  errorTitle: 'Kontrollera följande',
  notFound: 'Sidan finns inte',
  notFoundWhy: 'Adressen är gammal, eller så finns uppgiften inte längre på den här enheten.',
  notVisible: 'Visas inte för dig',
  waitingMark: 'Väntar på att skickas',

  updateReady: 'Ny version finns',
  updateWhenClosed: 'Uppdateringen väntar tills den påbörjade anteckningen har sparats.',
  update: 'Uppdatera',
  storageAlmostFull:
    'Enhetens utrymme håller på att ta slut. Skicka anteckningarna och frigör utrymme, till exempel genom att ta bort bilder.',
  clockWrong: (minutes) =>
    `Enhetens klocka går ${Math.abs(minutes)} min ${minutes > 0 ? 'före' : 'efter'}. Kontrollera tiden i inställningarna.`,
};
