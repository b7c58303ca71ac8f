import type { Words } from '../fi/index.ts';

export const setUp: Words['setUp'] = {
  title: 'Gör enheten klar',
  unset: 'Inte inställt än',
  reminders: 'Påminnelser på den här enheten',
  remindersWhy:
    'Enheten påminner om besök och om det som inte är antecknat. Inga namn eller adresser syns i meddelandet.',
  notOn: 'Påminnelserna kunde inte tas i bruk. Försök senare i inställningarna.',
  installHow: 'Visa hur',
  skipped: 'Överhoppat. Du hittar det i inställningarna.',
};
