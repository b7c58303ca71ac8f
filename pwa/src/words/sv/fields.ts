import type { Words } from '../fi/index.ts';

export const fields: Words['fields'] = {
  unknownKind: 'Anteckning',
  faults: {
    tooLong: (n, max) => `för lång (${n} tecken, högst ${max})`,
    partTooLong: (max) => `för lång (högst ${max} tecken)`,
    tooMany: (max) => `för många val (högst ${max})`,
    outOfRange: (min, max) => `talet ska vara ${min}–${max}`,
    outOfYears: (min: string, max: string) => `året ska vara ${min}–${max}`,
    notWhole: 'talet ska vara ett heltal',
    notOffered: 'valet finns inte längre i listan',
    notInCalendar: 'dagen eller klockslaget finns inte',
    invalid: 'kontrollera det här fältet',
  },
  clock: 'Klockslag',
  empty: 'Tomt',
  show: 'Visa',
  edit: 'Ändra',
  yes: 'Ja',
  no: 'Nej',
  removed: 'Borttagen',
  broughtBack: 'Återställd',
};
