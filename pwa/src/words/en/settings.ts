import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const settings: Words['settings'] = {
  display: 'Display',
  language: 'Language',
  theme: 'Theme',
  themeSystem: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',
  security: 'Lock and password',
  lockAfter: 'Lock when the device is not used',
  lockMinutes: (n) => `${n} min`,
  quick: 'Open with fingerprint or face',
  quickWhat:
    'A locked Ovikello opens with one touch, also without a connection. The password always works too.',
  quickIsOn: 'On',
  quickTurnOn: 'Turn on',
  quickTurnOff: 'Turn off',
  quickHow:
    'The device recognises you the way it does when it opens its own lock. Your fingerprint or face never leaves the device, and Ovikello does not see it.',
  quickWho:
    'Ovikello can then be opened by everybody whose fingerprint or face is stored on this device, or who knows its screen lock. If others use the device too, use only the password.',
  quickOn: 'Your fingerprint or face now opens Ovikello',
  quickOff: 'Only the password now opens Ovikello',
  quickDeclined: 'It was cancelled. Nothing was changed.',
  quickMissing:
    'This device or browser cannot open Ovikello with fingerprint or face. The password always works.',
  pin: 'Open with PIN',
  pinWhat:
    'Quicker to type than the password. After five wrong tries the PIN is removed, and your password opens.',
  pinSet: 'Set a PIN',
  pinDrop: 'Remove the PIN',
  pinNew: 'New PIN',
  pinNewHint: (min, max) =>
    `${min}–${max} digits. Not your date of birth, nor the device’s own screen lock.`,
  pinAgain: 'PIN again',
  pinEasy: 'Choose a PIN that others do not try first',
  pinDiffers: 'The PINs are not the same',
  pinOn: 'The PIN now opens Ovikello',
  pinOff: 'The PIN was removed',
  pinLost:
    'The server’s answer did not arrive. The old PIN was removed to be safe: set a new one when the network works.',
  pinNeedsNetwork: 'Setting or removing a PIN needs a connection.',
  pseudonym: (label) =>
    `On the lock screen your cover name is ${label}, so that others cannot see who uses the device.`,
  storageAlmostFull:
    'This device is almost out of space. Send your entries and free some space, for example by removing pictures.',
  updateReady: 'An update is ready',
  updateWhenClosed: 'The update waits until the entry you are writing is saved.',
  lockNow: 'Lock now',
  changePassword: 'Change password',
  currentPassword: 'Current password',
  newPassword: 'New password',
  newPasswordHint: (n) =>
    `At least ${n} characters. A sentence or a few words are good, and easy to type on a phone.`,
  newPasswordShort: (n) => `The new password must have at least ${n} characters`,
  currentMissing: 'Enter your current password',
  passwordChanged: 'Password changed',
  changeNeedsNetwork: 'Changing the password needs a connection.',

  storage: 'This device',
  storageUsed: (used, percent) => `Ovikello uses ${used}, ${percent}% of the space reserved for it`,
  storageSealed: 'Everything is encrypted on this device.',
  storageLasting: 'The browser does not remove the data by itself.',
  storageMayGo:
    'The browser may remove the data when space runs out. Install Ovikello on the home screen and send your entries every day.',
  lastFetch: (when) => `Data updated ${when}`,
  about: 'Help and about',
  licence: 'Open source software, licence EUPL 1.2',
  version: (version) => `Version ${version}`,

  devices: 'Devices',
  devicesWhy:
    'Devices on which you have signed in. Remove the access of one that you no longer use. A lost one can be wiped.',
  thisDevice: 'This device',
  lastSeen: (when) => `Last connected ${when}`,
  neverSeen: 'Not connected yet',
  revoke: 'Remove access',
  revokeTitle: 'Remove this device’s access?',
  revokeWhat: (name) =>
    `${name} can no longer reach the server. What is on it is made unreadable at its next contact, not at once.`,
  revoked: 'Access removed',
  revokeFailed: 'The device’s access could not be removed. Try again.',
  wipe: 'Wipe device',
  wipeTitle: 'Wipe this device?',
  wipeWhen:
    'What is on a lost or stolen device is made unreadable the next time it reaches the server. Until then the password protects it.',
  wipeLoses: 'Entries on it that have not been sent are lost. This cannot be undone.',
  wipeWord: 'wipe',
  wipeType: (word) => `Type ${word} to confirm`,
  wipeNotTyped: (word) => `Type ${word} if you want to wipe the device`,
  wipeNeedsNetwork: 'Wiping needs a connection. Nothing was done.',
  wipeAsked: 'The device is wiped the next time it is in touch',
  wipeWaits: 'Waiting: wiped when next in touch',
  wiped: (when) => `Wiped ${when}`,
  devicesNeedNetwork: 'The list of devices needs a connection.',
  showDevices: 'Show devices',

  signOut: 'Sign out',
  signOutTitle: 'Sign out?',
  signOutClean: 'All entries have been sent. Clients’ data is removed from this device.',
  signOutUnsent: (n) =>
    plural(n, {
      one: '1 entry has not been sent. If you sign out now, it is lost for good.',
      other: `${n} entries have not been sent. If you sign out now, they are lost for good.`,
    }),
  signOutSendFirst: 'Send first',
  signOutLose: (n) =>
    plural(n, { one: 'Discard 1 entry and sign out', other: `Discard ${n} entries and sign out` }),

  help: 'Help',
  helpLine: 'How Ovikello works',
  helpPhone: 'The team’s number',
  helpNoPhone: 'No number is given for the team',

  accessibility: 'Accessibility',
  accessibilityStatus:
    'The aim is WCAG 2.2 level AA and the standard EN 301 549. Nobody from outside has assessed it yet, so this is not an accessibility statement as the law means it.',
  accessibilityDone: 'What has been done',
  accessibilityDoneList: [
    'All of the app is built to be used with a keyboard and a screen reader.',
    'Text can be doubled in size without scrolling sideways.',
    'Nothing is told by colour alone.',
    'Motion is reduced when the device asks for it.',
  ],
  accessibilityMissing: 'What is missing',
  accessibilityMissingList: [
    'Testing with people who use screen readers.',
    'Views in plain language.',
    'A review of the Swedish words.',
  ],
  accessibilityFeedback:
    'Tell your supervisor or your organisation’s administrator what does not work.',

  printedBy: (name, when) => `Printed by ${name} ${when}`,
};
