import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const shell: Words['shell'] = {
  fictional: 'Påhittade uppgifter – inga riktiga klienter',
  places: 'Platser',
  skip: 'Gå till innehållet',
  title: (screen) => `${screen} – Ovikello`,

  today: 'I dag',
  clients: 'Klienter',
  add: 'Ny anteckning',
  find: 'Sök',
  findKeys: 'Ctrl+K',
  week: 'Vecka',
  reminders: 'Påminnelser',
  out: 'På besök nu',
  more: 'Meny',
  outbox: 'Utgående',
  held: 'Väntar på ditt beslut',
  reports: 'Rapporter',
  settings: 'Inställningar',
  help: 'Hjälp',

  offline: 'Ingen anslutning – anteckningarna sparas på den här enheten',
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
  save: 'Spara',
  cancel: 'Avbryt',
  close: 'Stäng',
  back: 'Tillbaka',
  undo: 'Ångra',
  undone: 'Ångrat',
  notUndone: 'Det gick inte att ångra. Anteckningen finns kvar.',
  tryAgain: 'Försök igen',
  savedHere: 'Sparat på den här enheten',
  notSaved: 'Det gick inte att spara. Texten står kvar här: kopiera den och försök igen.',
  optional: 'valfritt',
  errorTitle: 'Kontrollera följande',
  notVisible: 'Visas inte för dig',
  waitingMark: 'Väntar på att skickas',

  update: 'Uppdatera',
  unknownProblem: 'Servern godkände inte detta. Uppdatera appen och försök igen.',
};
