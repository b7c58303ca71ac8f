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
  backWhy: 'The client’s part has ended. The answers that were given are kept.',
  introAnswer:
    'The client reads this, says in own words whether they agree, and signs. The answer is saved in the client’s file once you open Ovikello.',
  introRead: 'Read the entry together. The client sees this of it, and nothing else.',
  read: 'Read it with the client',
  introRating: 'The client answers alone. You do not see the answers before the visit is logged.',
  opensTomorrow: 'You see the answers tomorrow: no visit of today waits to be logged.',
  opensWith: (when: string) => `You see the answers once the visit ${when} is logged.`,
  rate: 'Let the client rate',
  ratingsWait: (n: number) =>
    plural(n, {
      one: 'An answer waits for its visit to be logged.',
      other: `${n} answers wait for their visits to be logged.`,
    }),
  asks: 'What does the client answer?',
  asked: {
    areas: 'How daily life goes',
    participation: 'Participation',
    feedback: 'Feedback on the phase that ended',
    feedbackAtExit: 'Feedback at the end of the service',
  },
  sees: 'The client sees this and nothing else:',
  lockedPaper: 'Ovikello locks. You open it afterwards as always.',
  collected: 'The client’s answer was saved',
  show: 'Let the client answer',
  changedSince: 'Changed after the client answered',
  signatureOf: (name: string) => (name ? `Signature: ${name}` : 'The client’s signature'),
};
