import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const search: Words['search'] = {
  title: 'Search',
  label: 'Search clients and entries',
  labelOf: (name) => `Search the entries, client: ${name}`,
  onlyOf: (name) => `Only ${name}`,
  everywhere: 'Search all',
  inClient: 'Search the client’s entries',
  hint: 'Every word has to be found. Part of a word is enough: “rent” finds rental.',
  kinds: 'Where to search',
  all: 'All entries',
  everybody: 'All clients',
  mine: 'My clients',
  count: (n) => plural(n, { one: '1 hit', other: `${n} hits` }),
  more: (n) => plural(n, { one: 'Show 1 more hit', other: `Show ${n} more hits` }),
  looking: 'Looking further…',
  entries: 'In entries',
  others: (n) =>
    plural(n, {
      one: 'And with 1 more client. Narrow the search.',
      other: `And with ${n} more clients. Narrow the search.`,
    }),
  fromNotes: 'Search in entries',
  none: 'No hits',
  noneHint: 'Try a shorter word or the beginning of a word.',
  start: 'What are you looking for?',
  startHint: 'Search works without a network. The access log records whose entries you have seen.',
  failed: 'Could not search. Try again.',
};
