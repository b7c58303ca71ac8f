import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** A store that no password opens. */
export const unreadable: Words['unreadable'] = {
  damaged: 'The data on this device is damaged and cannot be opened.',

  unreadableTitle: 'This data can no longer be opened',
  unreadable: (n) =>
    plural(n, {
      one: '1 unsent entry is on this device, but it cannot be read without the old password.',
      other: `${n} unsent entries are on this device, but they cannot be read without the old password.`,
    }),
  unreadableNone:
    'All your entries have been sent. Nothing is lost when this device downloads them again.',
  unreadableUnknown: 'There may be unsent entries on this device.',
  unreadableWhat:
    'If you remember the old password later, the data will open then. If you start over, unsent entries are lost for good.',
  startOver: 'Start over on this device',
  startOverLoses: (n) =>
    plural(n, {
      one: 'I understand that 1 unsent entry will be lost',
      other: `I understand that ${n} unsent entries will be lost`,
    }),
  startOverUnderstood: 'I understand that unsent entries will be lost',
  tryOldPassword: 'Try the old password',
};
