import type { Words } from '../fi/index.ts';

/** Signing in by an organisation's own provider. */
export const provider: Words['provider'] = {
  signIn: (label: string) => `Sign in: ${label}`,
  beginAgain: 'Begin again',
  goOn: 'Go on',
  deviceTitle: 'Choose a password for this device',
  deviceWhy:
    'Your organisation has recognised you. Choose a password as well: it encrypts the data on this device, and opens Ovikello without a network too.',
  devicePassword: 'This device’s password',
  deviceForgotten:
    'The password stays on this device, and nobody can reset it. If you forget it, signing in again brings back the entries that were sent, but not the unsent ones.',
  openStore: 'You were recognised. Now open Ovikello on this device.',
  confirmed: 'Confirmed. You can go on where you were.',
  confirmTitle: 'Confirm that it is you',
  confirmWhy:
    'Sign in again at your organisation’s service. It opens in a new tab. Then come back here and go on.',
  again: (label: string) => `Sign in: ${label}`,
  byPassword: 'Confirm with your Ovikello password',
  changeDevice: 'Change this device’s password',
  changed: 'This device’s password is changed',
  forgot:
    'The device’s password cannot be restored, and without it the data on this device does not open. You can remove it and choose a new password. What was sent comes back from the server; what was not sent is lost.',
  forgotStore: 'Remove the data on this device …',
};
