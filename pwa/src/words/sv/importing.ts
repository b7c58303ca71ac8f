import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

const rows = (n: number) => plural(n, { one: '1 rad', other: `${n} rader` });

export const importing: Words['importing'] = {
  title: 'Ta in ur en tabell',
  what: 'Klienter och personer ur en Excel- eller CSV-fil',
  which: 'Vad tas in?',
  clients: 'Klienter',
  people: 'Personer',
  file: 'Tabell (Excel eller CSV)',
  hint: 'På första raden står kolumnernas namn. Ingenting sparas innan du har sett raderna.',
  clientsHint:
    'Varje klient ska ha ett namn och en ansvarig medarbetare, som anges med användarnamn. Klienten blir synlig för medarbetaren och teamansvariga. Du själv ser inte klienterna.',
  peopleHint:
    'Varje person ska ha ett namn, ett användarnamn och en roll. Teamen ska finnas från förut. Var och en får ett engångslösenord.',
  reading: 'Filen läses',
  otherFile: 'Välj en annan fil',

  columnsTitle: 'Vad finns i kolumnerna?',
  columnsWhat: (n: number) => `${rows(n)}. Kontrollera vad varje kolumn betyder.`,
  noHead: (n: number) => `Kolumn ${n}, utan namn`,
  example: (text: string) => `t.ex. ${text}`,
  notBrought: 'Tas inte in',
  lacking: (names: string) => `Välj ännu kolumnen för: ${names}.`,
  twice: (name: string) => `Samma uppgift i två kolumner: ${name}.`,
  look: 'Granska raderna',

  previewTitle: 'Före importen',
  fresh: (n: number) => plural(n, { one: '1 rad tas in', other: `${n} rader tas in` }),
  there: (n: number) =>
    plural(n, { one: '1 finns redan i Ovikello', other: `${n} finns redan i Ovikello` }),
  faulty: (n: number) =>
    plural(n, { one: '1 rad behöver rättas', other: `${n} rader behöver rättas` }),
  nothing: 'Det finns inget att ta in.',
  faultyTitle: 'Att rätta',
  thereTitle: 'Finns redan i Ovikello',
  shown: (n: number) => `De ${n} första visas. Alla finns i rapporten efter importen.`,
  row: (n: number) => `Rad ${n}`,
  reason: (column: string, text: string) => `${column}: ${text}`,
  whatOfFaulty: 'Vad görs med raderna som behöver rättas?',
  leaveOut: 'Ta in de övriga',
  refuseAll: 'Ta inte in något',
  refused: 'Rätta tabellen och välj den på nytt. Ingenting har tagits in.',
  bringClients: (n: number) => plural(n, { one: 'Ta in 1 klient', other: `Ta in ${n} klienter` }),
  bringPeople: (n: number) => plural(n, { one: 'Ta in 1 person', other: `Ta in ${n} personer` }),
  changeColumns: 'Ändra kolumnerna',

  running: (done: number, all: number) => `Tas in: ${done}/${all} rader`,
  stay: 'Stäng inte vyn innan allt är klart.',
  stopped: 'Importen avbröts',
  stoppedWhat:
    'Raderna som togs in är sparade. Fortsätt, så tas resten in. Ingen kommer in två gånger.',
  goOn: 'Fortsätt importen',

  reportTitle: 'Importen är klar',
  madeClients: (n: number) =>
    plural(n, { one: '1 klient togs in', other: `${n} klienter togs in` }),
  madePeople: (n: number) => plural(n, { one: '1 person togs in', other: `${n} personer togs in` }),
  saveReport: 'Spara rapporten (CSV)',
  reportWhat:
    'Rapporten innehåller varje rad och orsaken, om den inte togs in. Rätta raderna och ta in filen på nytt: ingen kommer in två gånger.',
  reportSecret: 'Rapporten innehåller personuppgifter. Radera den när du inte längre behöver den.',
  passwordsTitle: 'Engångslösenord',
  passwordsWhat:
    'Visas bara nu och finns också i rapporten. Ge vart och ett till personen själv, som väljer ett eget lösenord vid första inloggningen.',
  ready: 'Klar',

  head: { row: 'Rad', outcome: 'Resultat', why: 'Orsak', password: 'Engångslösenord' },
  outcome: { new: 'togs in', there: 'fanns redan', faulty: 'utelämnades' },
  reportName: 'import',
};
