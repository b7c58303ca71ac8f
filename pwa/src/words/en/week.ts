import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const week: Words['week'] = {
  number: (n) => `week ${n}`,
  total: (visits, time) =>
    plural(visits, { one: `1 visit, ${time}`, other: `${visits} visits, ${time}` }),
  empty: 'No planned visits',
  emptyHint: 'Planned visits show here day by day.',
  looking: 'Case files are still being looked through. The other visits appear in a moment.',
  freeNotLooked:
    'Not all visits have been downloaded yet: free times are proposed once they are on this device.',
  ownOnly: 'The week shows your own visits',
  ownOnlyWhy:
    'The visits of others are under The team’s day, on a wide screen under The team’s week too. On a visit now tells who is on a visit.',
  earlier: 'Previous week',
  following: 'Next week',
  earlierDays: 'Earlier this week',
  thisWeek: 'This week',
  today: 'today',
  dayFree: 'No visits',
  between: (time) => `${time} between`,
  overlap: (time) => `Overlap of ${time}`,
  withColleague: (name) => `Together with: ${name}`,

  arrangeOn: (day) => `Plan a visit, ${day}`,
  move: 'Move…',
  moveFor: (name, when) => `Move, client: ${name}, ${when}`,
  moveTitle: 'Move the visit',
  now: (when) => `Now ${when}`,
  weekLater: '+1 week',
  weekLaterWhen: (when) => `+1 week: ${when}`,
  free: 'Free times',
  freeNone: 'A visit this long no longer fits on this day.',
  moved: (when) => `Moved: ${when}`,
  tellColleague: (name) => `A colleague shares this visit: ${name}. Agree on the move together.`,

  howToMove:
    'Drag a visit to move it. By keys: choose the visit, press Space, move it with the arrows.',
  moving: (name, when) => `Moving, client: ${name}, ${when}. Enter saves, Esc cancels.`,
  notMoved: 'Not moved',

  whose: 'Whose visits?',
  ownWeek: 'Own week',
  teamDay: 'The team’s day',
  teamWhat: 'Everybody’s visits to the clients whose data lies on this device.',
  dayBefore: 'The day before',
  dayAfter: 'The day after',
  nobodys: 'No worker',

  teamWeek: 'The team’s week',
  person: 'Worker',
  noPeople: 'Nobody to show',
  noPeopleWhy: 'The team’s workers appear here once their clients are on this device.',
  howToMoveRows:
    'Drag a visit to another day or to another worker. By keys: choose the visit, press Space, move it with the arrows.',
  movingTo: (name, when, person) => `Moving, client: ${name}, worker: ${person}, ${when}`,
  movingKeys: 'Enter saves, Esc cancels.',
  movedTo: (when, person) => `Moved, worker: ${person}, ${when}`,
  mayNotRead: (person) => `${person} may not see this client’s data`,
  standInUntil: (name, until) => `Stand-in: ${name} until ${until}`,
  standsInFor: (name, until) => `Stands in for ${name} until ${until}`,
  standIn: (name) => `Stand-in: ${name}`,
  hasStandIn: (person, name) => `${person}: ${name} stands in then`,
  othersClash: (name, when, client) =>
    `${name}, who comes along, has something then: ${when}, client ${client}`,
  arrangeFor: (person, day) => `Arrange a visit, worker: ${person}, ${day}`,
  plannedFor: (person) => `${person} makes the visit`,
};
