import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const search: Words['search'] = {
  title: 'Sök',
  label: 'Sök bland klienter och anteckningar',
  labelOf: (name) => `Sök i anteckningarna, klient: ${name}`,
  onlyOf: (name) => `Bara ${name}`,
  everywhere: 'Sök bland alla',
  inClient: 'Sök i klientens anteckningar',
  hint: 'Alla ord måste finnas. En del av ordet räcker: ”hyr” hittar hyresskuld.',
  kinds: 'Var du söker',
  all: 'Alla anteckningar',
  everybody: 'Alla klienter',
  mine: 'Egna klienter',
  count: (n) => plural(n, { one: '1 träff', other: `${n} träffar` }),
  more: (n) => plural(n, { one: 'Visa 1 träff till', other: `Visa ${n} träffar till` }),
  looking: 'Söker mer…',
  entries: 'I anteckningarna',
  others: (n) =>
    plural(n, {
      one: 'Dessutom hos 1 klient. Precisera sökningen.',
      other: `Dessutom hos ${n} klienter. Precisera sökningen.`,
    }),
  fromNotes: 'Sök i anteckningarna',
  none: 'Inga träffar',
  noneHint: 'Pröva ett kortare ord eller början av ordet.',
  start: 'Vad söker du?',
  startHint:
    'Sökningen fungerar utan nät. I användningsloggen antecknas vems anteckningar du har sett.',
  failed: 'Sökningen lyckades inte. Försök igen.',
};
