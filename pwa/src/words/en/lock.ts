import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** The lock, and ways to open the store besides the password. */
export const lock: Words['lock'] = {
  passkeyHint: 'With your fingerprint or face. No connection is needed.',
  passkeyDeclined:
    'Recognition was cancelled or did not succeed. Try again, or open with your password.',
  passkeyUnsupported:
    'The device cannot open with fingerprint or face right now. Open with your password.',
  passkeyOther:
    'The device’s recognition has changed and no longer opens Ovikello. Open with your password and turn recognition on again in the settings.',
  forgot: 'Forgotten your password?',
  forgotWhat:
    'Ask your supervisor for a new password and sign in with it when there is a connection. What was sent is safe on the server. Unsent entries open only with the old password, or with fingerprint or face if you have turned them on.',
  forgotSignIn: 'Sign in with the new password',
  lockedFor: (label) => `This device’s user: ${label}`,
  coverName: (label) =>
    `${label} is a cover name. Your real name is not shown while the device is locked. Your own cover name is in the settings.`,
  failed: 'Ovikello did not open',
  failedWhat: 'Nothing is lost. Close Ovikello, open it again and try once more.',
  failedFull:
    'The device’s storage is full. Nothing is lost. Free some space, for example by removing pictures, and try again.',
  whoOpens: 'Who is opening?',
  othersUnsent: (n) =>
    plural(n, {
      one: '1 other user has unsent entries',
      other: `${n} other users have unsent entries`,
    }),
  openByPasskey: 'Fingerprint or face',
  openByPin: 'Open with PIN',
  pin: 'PIN',
  showPin: 'Show the PIN',
  pinHint: (isOnline) =>
    isOnline
      ? 'Needs a connection. Without one, open with your password.'
      : 'Works without a connection too.',
  pinMissing: 'Enter your PIN',
  pinLength: (min, max) => `A PIN has ${min}–${max} digits`,
  pinWrong: (n) =>
    plural(n, {
      one: 'Wrong PIN. You can try once more. Then the PIN is removed, and your password opens.',
      other: `Wrong PIN. You can try ${n} more times.`,
    }),
  pinNoNetwork:
    'The server did not answer, so the PIN could not be checked. Open with your password.',
  pinGone:
    'The PIN no longer opens Ovikello on this device. Open with your password. You can set a new PIN in the settings.',
  openByPassword: 'Open with password',
  oldPasswordTitle: 'Your password has changed',
  oldPasswordWhy:
    'The server accepted the new password, but what is on this device is still locked with the old one. Enter the old password once.',
  oldPassword: 'Old password',
  oldPasswordLost: 'I do not remember the old password',
  quick: 'Open with fingerprint or face from now on',
  quickHow: 'It is set up as soon as you have opened with the password.',
  lockWhy: 'Open it with your password. No connection is needed.',
  unsentHere: (n) => plural(n, { one: '1 unsent entry', other: `${n} unsent entries` }),
  someoneElse: 'Sign in as another user',
};
