import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const clients: Words['clients'] = {
  search: 'Sök på namn, beteckning eller adress',
  whose: 'Urval',
  mine: 'Egna',
  all: 'Alla',
  count: (n) => plural(n, { one: '1 klient', other: `${n} klienter` }),
  none: 'Inga träffar',
  noneHint: 'Kontrollera stavningen eller sök på beteckningen, till exempel OV-0012.',
  clear: 'Rensa sökningen',
  empty: 'Du har inga klienter ännu',
  emptyHint: 'Din chef lägger till klienter. De visas här av sig själva.',
  fetchedAt: (when) => `Hämtat ${when}`,
  notFetched: 'En del av uppgifterna har inte hämtats ännu',
  name: 'Klient',
  phase: 'Fas',
  lastContact: 'Senast',
  nextVisit: 'Nästa besök',
  hours: 'Timmar den här månaden',
  worker: 'Medarbetare',
  neverMet: 'Ingen kontakt ännu',
  notPlanned: 'Inte avtalat',
  hoursOf: (delivered, agreed) => `${delivered} / ${agreed}`,
  hoursInWords: (delivered, agreed) => `Utfört ${delivered}, avtalat ${agreed} i månaden`,
};
