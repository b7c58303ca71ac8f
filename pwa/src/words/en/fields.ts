import type { Words } from '../fi/index.ts';

export const fields: Words['fields'] = {
  unknownKind: 'Entry',
  faults: {
    tooLong: (n, max) => `too long (${n} characters, at most ${max})`,
    partTooLong: (max) => `too long (at most ${max} characters)`,
    tooMany: (max) => `too many choices (at most ${max})`,
    outOfRange: (min, max) => `the number must be ${min}–${max}`,
    outOfYears: (min: string, max: string) => `the year has to be ${min}–${max}`,
    notWhole: 'it has to be a whole number',
    notOffered: 'the choice is no longer in the list',
    notInCalendar: 'there is no such day or time',
    invalid: 'check this field',
  },
  clock: 'Time',
  empty: 'Empty',
  show: 'Show',
  edit: 'Edit',
  yes: 'Yes',
  no: 'No',
  removed: 'Removed',
  broughtBack: 'Restored',
};
