import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const clients: Words['clients'] = {
  search: 'Search by name, number or address',
  whose: 'Whose clients',
  mine: 'Mine',
  all: 'All',
  count: (n) => plural(n, { one: '1 client', other: `${n} clients` }),
  none: 'No matches',
  noneHint: 'Check the spelling or search by number, for example OV-0012.',
  clear: 'Clear the search',
  empty: 'You have no clients yet',
  emptyHint: 'Your supervisor adds clients. They appear here by themselves.',
  fetchedAt: (when) => `Fetched ${when}`,
  notFetched: 'Some of this has not been fetched yet',
  name: 'Client',
  phase: 'Phase',
  lastContact: 'Last contact',
  nextVisit: 'Next visit',
  hours: 'Hours this month',
  worker: 'Worker',
  neverMet: 'No contact yet',
  notPlanned: 'Not planned',
  hoursOf: (delivered, agreed) => `${delivered} / ${agreed}`,
  hoursInWords: (delivered, agreed) => `Delivered ${delivered}, agreed ${agreed} a month`,
};
