import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

const rows = (n: number) => plural(n, { one: '1 row', other: `${n} rows` });

export const importing: Words['importing'] = {
  title: 'Import from a table',
  what: 'Clients and people of an Excel or CSV file',
  which: 'What is imported?',
  clients: 'Clients',
  people: 'People',
  file: 'Table (Excel or CSV)',
  hint: 'The first row names the columns. Nothing is saved before you have looked at the rows.',
  clientsHint:
    'Each client needs a name and a key worker, given by user name. The key worker and the team leader will see the client. You will not.',
  peopleHint:
    'Each person needs a name, a user name and a role. Teams have to be there before. Everybody gets a one-time password.',
  reading: 'Reading the file',
  otherFile: 'Choose another file',

  columnsTitle: 'What do the columns hold?',
  columnsWhat: (n: number) => `${rows(n)}. Check what each column means.`,
  noHead: (n: number) => `Column ${n}, without a name`,
  example: (text: string) => `e.g. ${text}`,
  notBrought: 'Not imported',
  lacking: (names: string) => `Choose the column that holds: ${names}.`,
  twice: (name: string) => `The same in two columns: ${name}.`,
  look: 'Check the rows',

  previewTitle: 'Before the import',
  fresh: (n: number) =>
    plural(n, { one: '1 row will be imported', other: `${n} rows will be imported` }),
  there: (n: number) =>
    plural(n, { one: '1 is in Ovikello already', other: `${n} are in Ovikello already` }),
  faulty: (n: number) => plural(n, { one: '1 row needs mending', other: `${n} rows need mending` }),
  nothing: 'There is nothing to import.',
  faultyTitle: 'To be mended',
  thereTitle: 'In Ovikello already',
  shown: (n: number) => `The first ${n} are shown. All are in the report after the import.`,
  row: (n: number) => `Row ${n}`,
  reason: (column: string, text: string) => `${column}: ${text}`,
  whatOfFaulty: 'What about the rows that need mending?',
  leaveOut: 'Import the others',
  refuseAll: 'Import nothing',
  refused: 'Mend the table and choose it again. Nothing has been imported.',
  bringClients: (n: number) => plural(n, { one: 'Import 1 client', other: `Import ${n} clients` }),
  bringPeople: (n: number) => plural(n, { one: 'Import 1 person', other: `Import ${n} people` }),
  changeColumns: 'Change the columns',

  running: (done: number, all: number) => `Importing: ${done}/${all} rows`,
  stay: 'Do not close this view before it is done.',
  stopped: 'The import stopped',
  stoppedWhat:
    'The rows that were imported are safe. Go on, and the rest follows. Nobody is imported twice.',
  goOn: 'Go on importing',

  reportTitle: 'The import is done',
  madeClients: (n: number) =>
    plural(n, { one: '1 client was imported', other: `${n} clients were imported` }),
  madePeople: (n: number) =>
    plural(n, { one: '1 person was imported', other: `${n} people were imported` }),
  saveReport: 'Save the report (CSV)',
  reportWhat:
    'The report holds each row, and the reason where it was left out. Mend the rows and import the file again: nobody is imported twice.',
  reportSecret: 'The report holds personal data. Delete it when you no longer need it.',
  passwordsTitle: 'One-time passwords',
  passwordsWhat:
    'Shown only now, and in the report. Give each to the person alone, who chooses a password of their own at the first sign-in.',
  ready: 'Done',

  head: { row: 'Row', outcome: 'Outcome', why: 'Reason', password: 'One-time password' },
  outcome: { new: 'imported', there: 'there already', faulty: 'left out' },
  reportName: 'import',
};
