import type { Words } from '../fi/index.ts';

export const setUp: Words['setUp'] = {
  title: 'Get this device ready',
  unset: 'Not set up yet',
  reminders: 'Reminders on this device',
  remindersWhy:
    'The device reminds you of visits and of what is not logged. The notification shows no names and no addresses.',
  notOn: 'Reminders could not be turned on. Try again later in the settings.',
  installHow: 'Show how',
  skipped: 'Skipped. You will find it in the settings.',
};
