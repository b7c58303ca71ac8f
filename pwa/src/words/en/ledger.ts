import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const ledger: Words['ledger'] = {
  title: 'Read a rent ledger',
  file: 'The landlord’s file (CSV)',
  hint: 'Columns: client (name or code), month, due date, rent, paid and, if you like, payment date. The file is read on this device, and nothing is saved before you have looked at it.',
  column: {
    client: 'client',
    month: 'month',
    dueOn: 'due date',
    amount: 'rent',
    paid: 'paid',
    paidOn: 'payment date',
  },
  missing: (columns) =>
    `The file lacks these columns: ${columns}. Add them as headings on the first line.`,
  empty: 'There are no lines in the file. Choose another.',
  unreadable: 'The file cannot be read. Save it again as CSV.',
  tooBig: 'The file is too large. Split it.',
  left: 'These cannot be taken',
  taken: 'These will be taken',
  nothing: 'No line can be taken.',
  line: (n) => `Line ${n}`,
  columns: (found, wanted) =>
    `The line has ${plural(found, { one: '1 value', other: `${found} values` })}, and there are ${wanted} headings.`,
  noValue: (name) => `Missing: ${name}.`,
  badValue: (name, text) => `This is not understood (${name}): “${text}”.`,
  noClient: (name) => `None of your clients has the name or code “${name}”.`,
  twoClients: (name) => `Several clients are called “${name}”. Use the code.`,
  twice: (name) => `${name}: the same month stands earlier in the file.`,
  paid: (sum) => `paid ${sum}`,
  same: 'No change',
  isNew: 'New',
  save: (n) => plural(n, { one: 'Save 1 rent', other: `Save ${n} rents` }),
  saved: (n) =>
    plural(n, { one: '1 rent saved on this device', other: `${n} rents saved on this device` }),
};
