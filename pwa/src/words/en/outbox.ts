import type { Words } from '../fi/index.ts';

export const outbox: Words['outbox'] = {
  needsFixing: 'Needs fixing',
  waiting: 'Waiting to send',
  sending: 'Sending',
  held: 'With your supervisor',
  heldWhy: 'The entry is safe, and your supervisor decides about it.',
  sentToday: 'Sent today',
  sendNow: 'Send now',
  sendingNow: 'Sending…',
  allSent: (when) => `All sent ${when}`,
  nothingYet: 'No entries sent yet',
  nothingWaits: 'Nothing is waiting to send',
  offlineWhy: 'No connection. Entries are sent automatically when the network is back.',
  mend: 'Fix',
  mendTitle: 'Fix the entry',
  mendSave: 'Save and send',
  copy: 'Copy text',
  copied: 'Text copied',
  handOver: 'Send to supervisor',
  handedOver: 'The entry goes to your supervisor, who sees all of it and decides about it.',
  advice: {
    shorten:
      'The entry cannot be sent at this length, nor to your supervisor. Copy the text, shorten it under Fix and write the rest as another entry.',
    writeAnew:
      'The entry cannot be sent as it is, nor to your supervisor. Copy the text and write it again.',
    saveAnew:
      'Open Fix and save: the entry gets a new identifier and is sent. The text can stay as it is.',
  },
  copyFailed: 'Could not copy. Select the text and copy it yourself.',
  wholeText: 'Whole entry',
  plannedVisit: 'Planned visit',
  also: (list) => `Also ${list}`,
  restIsFine: 'The other parts of this entry are fine.',
  states: {
    waiting: 'Waiting to send',
    sending: 'Sending',
    sent: 'Sent',
    held: 'With your supervisor',
    refused: 'Needs fixing',
  },
  sentAt: (when) => `Sent ${when}`,
  lastExchange: (when) => `Data fetched ${when}`,
  neverFetched: 'Nothing has been fetched yet',
  signIn: 'Sign in',
  unknownClient: 'The client is no longer on this device',
};
