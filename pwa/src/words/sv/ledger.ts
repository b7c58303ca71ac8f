import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const ledger: Words['ledger'] = {
  title: 'Läs hyresreskontran',
  file: 'Hyresvärdens fil (CSV)',
  hint: 'Kolumner: klient (namn eller kod), månad, förfallodag, hyra, betalt och vid behov betalningsdag. Filen läses på den här enheten, och inget sparas innan du har tittat på den.',
  column: {
    client: 'klient',
    month: 'månad',
    dueOn: 'förfallodag',
    amount: 'hyra',
    paid: 'betalt',
    paidOn: 'betalningsdag',
  },
  missing: (columns) =>
    `De här kolumnerna finns inte i filen: ${columns}. Lägg till dem som rubriker på första raden.`,
  empty: 'Filen har inga rader. Välj en annan fil.',
  unreadable: 'Filen går inte att läsa. Spara den på nytt som CSV.',
  tooBig: 'Filen är för stor. Dela den i flera.',
  left: 'De här kan inte tas med',
  taken: 'De här tas med',
  nothing: 'Ingen rad kan tas med.',
  line: (n) => `Rad ${n}`,
  columns: (found, wanted) =>
    `Raden har ${plural(found, { one: '1 värde', other: `${found} värden` })}, rubrikerna är ${wanted}.`,
  noValue: (name) => `Saknas: ${name}.`,
  badValue: (name, text) => `Det här går inte att förstå (${name}): ”${text}”.`,
  noClient: (name) => `Ingen av dina klienter har namnet eller koden ”${name}”.`,
  twoClients: (name) => `Flera klienter heter ”${name}”. Använd koden.`,
  twice: (name) => `${name}: samma månad finns redan tidigare i filen.`,
  paid: (sum) => `betalt ${sum}`,
  same: 'Ingen ändring',
  isNew: 'Ny',
  save: (n) => plural(n, { one: 'Spara 1 hyra', other: `Spara ${n} hyror` }),
  saved: (n) =>
    plural(n, {
      one: '1 hyra sparad på den här enheten',
      other: `${n} hyror sparade på den här enheten`,
    }),
};
