import type { Words } from '../fi/index.ts';

export const reviewQueue: Words['reviewQueue'] = {
  title: 'Entries for your decision',
  why: 'These entries are not in the client’s file. You decide whether they are taken in.',
  by: (name) => `Written by: ${name}`,
  arrived: (when) => `Arrived ${when}`,
  late: 'Its writer no longer worked with this client when the entry arrived.',
  unknownClient: 'You cannot see this client',
  take: 'Take in',
  taken: 'The entry was taken in',
  notTaken: 'The entry could not be taken in',
  leave: 'Leave out',
  leaveTitle: 'Leave the entry out?',
  leaveWhat:
    'The entry is not taken into the client’s file. It is kept on the server and not deleted. This cannot be undone in the app.',
  left: 'The entry was left out. It is kept on the server.',
  nothing: 'No entries wait for your decision',
  nothingHint: 'What your team sends to you, or what arrives too late, comes here.',
  needsNetwork: 'This page needs a connection.',
  more: 'Show more',
  again: 'Try again',
};
