import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const session: Words['session'] = {
  signIn: 'Sign in',
  tagline: 'Home visits written down at the door, with or without a network.',
  name: 'User name',
  password: 'Password',
  showPassword: 'Show password',
  nameMissing: 'Enter your user name',
  passwordMissing: 'Enter your password',
  networkOnlyNow:
    'You need a connection only now. After this Ovikello works without one, and the same password opens it on this device.',
  signingIn: 'Signing in…',
  noConnection: 'No connection. You need it only for this sign-in.',
  otherProfile: 'Open Ovikello on this device',
  forgotten: 'Forgotten your password? Your supervisor can give you a new one.',

  firstSync: 'Fetching your clients',
  firstSyncWhy:
    'Clients and visits are fetched once and kept encrypted on this device. If the connection breaks, fetching goes on from where it stopped.',
  fetched: (done, total) => `${done} of ${total} items fetched`,
  connecting: 'Connecting…',
  fetchWaits: 'No connection. Fetching goes on when the network is back.',
  fetchFailed: 'Could not fetch everything. It goes on from where it stopped.',

  lockTitle: 'Ovikello is locked',
  lockWhy: 'Open it with your password. No connection is needed.',
  open: 'Open',
  opening: 'Opening…',
  lockedFor: (label) => `User: ${label}`,
  passkeyHint: 'With your fingerprint or face. No connection is needed.',
  openByPasskey: 'Fingerprint or face',
  openByPassword: 'Open with password',
  passkeyDeclined:
    'Recognition was cancelled or did not succeed. Try again, or open with your password.',
  passkeyUnsupported:
    'The device cannot open with fingerprint or face right now. Open with your password.',
  passkeyOther:
    'The device’s recognition has changed and no longer opens Ovikello. Open with your password and turn recognition on again in the settings.',
  failed: 'Ovikello did not open',
  failedWhat: 'Nothing is lost. Close Ovikello, open it again and try once more.',
  failedFull:
    'The device’s storage is full. Nothing is lost. Free some space, for example by removing pictures, and try again.',
  forgot: 'Forgotten your password?',
  forgotWhat:
    'Ask your supervisor for a new password and sign in with it when there is a connection. What was sent is safe on the server. Unsent entries open only with the old password, or with fingerprint or face if you have turned them on.',
  forgotSignIn: 'Sign in with the new password',
  whoOpens: 'Who is opening?',
  unsentHere: (n) => plural(n, { one: '1 unsent entry', other: `${n} unsent entries` }),
  othersUnsent: (n) =>
    plural(n, {
      one: '1 other user has unsent entries',
      other: `${n} other users have unsent entries`,
    }),
  someoneElse: 'Sign in as another user',
  wrong: 'The password does not match.',
  wait: (seconds) =>
    seconds > 60
      ? `Wait ${Math.ceil(seconds / 60)} minutes before the next try.`
      : plural(seconds, {
          one: 'Wait 1 second before the next try.',
          other: `Wait ${seconds} seconds before the next try.`,
        }),
  damaged: 'The data on this device is damaged and cannot be opened.',

  outdated: 'Ovikello has been updated',
  outdatedWhy:
    'The updated Ovikello is already open in another window. Your entries and what you were writing are safe on this device. Update to go on where you stopped.',
  noStorage: 'Ovikello cannot save on this device',
  noStorageWhy:
    'The browser does not allow it, or the device is full. Close the private window, free some space and try again. What was saved before is safe.',

  oldPasswordTitle: 'Your password has changed',
  oldPasswordWhy:
    'The server accepted the new password, but what is on this device is still locked with the old one. Enter the old password once.',
  oldPassword: 'Old password',
  oldPasswordLost: 'I do not remember the old password',

  unreadableTitle: 'This data can no longer be opened',
  unreadable: (n) =>
    plural(n, {
      one: '1 unsent entry is on this device, but it cannot be read without the old password.',
      other: `${n} unsent entries are on this device, but they cannot be read without the old password.`,
    }),
  unreadableNone:
    'All your entries have been sent. Nothing is lost when this device fetches again.',
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
