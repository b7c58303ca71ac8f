import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** The phone in the client's hand. */
export const handOver: Words['handOver'] = {
  title: 'Hand the phone to the client',
  intro:
    'The client answers five questions about the service. The answer has no name: you do not see it, and it cannot be tied to the client.',
  language: 'Client’s language',
  locked: 'Ovikello locks, and the client sees the survey alone. You open it afterwards as always.',
  give: 'Lock and hand over',
  fetching: 'Downloading answer tickets…',
  noTickets: 'The survey cannot be opened now',
  noTicketsWhy:
    'Each answer needs a ticket, and this device has none left. New ones are downloaded when there is a network; 20 a day.',
  again: 'Download again',
  waiting: (n: number) =>
    plural(n, { one: '1 answer waits for a network.', other: `${n} answers wait for a network.` }),
  refused: (n: number) =>
    plural(n, {
      one: 'One answer was not taken, since its ticket was too old.',
      other: `${n} answers were not taken, since their tickets were too old.`,
    }),
  back: 'Give the phone back to the worker',
  backWhy: 'The survey has ended. The answers that were given are kept.',
};
