import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

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

  firstSync: 'Downloading your clients',
  firstSyncWhy:
    'Clients and visits are downloaded once and kept encrypted on this device. If the connection breaks, downloading goes on from where it stopped.',
  fetched: (done, total) => `${done} of ${total} items downloaded`,
  connecting: 'Connecting…',
  fetchWaits: 'No connection. Downloading goes on when the network is back.',
  fetchFailed: 'Could not download everything. It goes on from where it stopped.',

  lockTitle: 'Ovikello is locked',
  open: 'Open',
  opening: 'Opening…',
  wrong: 'The password does not match.',
  wait: (seconds) =>
    seconds > 60
      ? `Wait ${Math.ceil(seconds / 60)} minutes before the next try.`
      : plural(seconds, {
          one: 'Wait 1 second before the next try.',
          other: `Wait ${seconds} seconds before the next try.`,
        }),
  outdated: 'Ovikello has been updated',
  outdatedWhy:
    'The updated Ovikello is already open in another window. Your entries and what you were writing are safe on this device. Update to go on where you stopped.',
  noStorage: 'Ovikello cannot save on this device',
  noStorageWhy:
    'The browser does not allow it, or the device is full. Close the private window, free some space and try again. What was saved before is safe.',
};
