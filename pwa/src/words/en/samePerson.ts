import type { Words } from '../fi/index.ts';

export const samePerson: Words['samePerson'] = {
  title: 'The same client twice',
  open: 'The same client twice?',
  find: 'Join clients',
  intro:
    'If a client was entered twice, join the two. Their entries are then shown together. Nothing is moved or deleted, and the two can be taken apart again.',
  noneLike: 'There is no other client of this name on this device.',
  other: 'The other client',
  noOther: 'Choose a client',
  joinTitle: 'Join the two clients?',
  joinWhat: (kept, other) =>
    `${kept} stays, and the entries about ${other} are shown on the same page.`,
  joinSafety: 'Safety notes of both are shown.',
  join: 'Join',
  joined: 'Clients joined',
  together: 'Joined to this client',
  apart: 'Take apart',
  apartNow: 'Taken apart',
  readers: 'Who sees the client?',
  readersWhy:
    'Only those who saw both clients see everything. Choose who goes on: they see everything, the others nothing.',
  readsAll: 'Sees everything',
  readsSome: (files, all) => `Sees a part (${files}/${all})`,
  decide: 'Confirm who sees',
  decided: 'Confirmed who sees the client',
  needsNetwork: 'This cannot be confirmed without a network. Try again once you are connected.',
};
