import type { Words } from '../fi/index.ts';

export const outbox: Words['outbox'] = {
  needsFixing: 'Needs fixing',
  waiting: 'Waiting to send',
  sending: 'Sending',
  held: 'With your supervisor',
  heldWhy:
    'You no longer work with this client. The entry is safe, and your supervisor decides about it.',
  sentToday: 'Sent today',
  sendNow: 'Send now',
  sendingNow: 'Sending…',
  allSent: (when) => `All sent ${when}`,
  nothingYet: 'No entries sent yet',
  nothingWaits: 'Nothing is waiting to send',
  offlineWhy: 'No connection. Entries are sent by themselves when the network is back.',
  mend: 'Fix',
  mendTitle: 'Fix the entry',
  mendSave: 'Save and send',
  copy: 'Copy text',
  copied: 'Text copied',
  copyFailed: 'Could not copy. Select the text and copy it yourself.',
  wholeText: 'Whole entry',
  lastExchange: (when) => `Data fetched ${when}`,
  neverFetched: 'Nothing has been fetched yet',
  signIn: 'Sign in',
  unknownClient: 'The client is no longer on this device',
};
