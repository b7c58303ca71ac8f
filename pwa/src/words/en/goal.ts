import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const goal: Words['goal'] = {
  goals: 'Goals',
  one: 'Goal',
  newTitle: 'New goal',
  editTitle: 'Edit the goal',
  add: 'Add a goal',
  first: 'Agree on the first goal',
  firstHint: 'In the client’s own words, one thing at a time.',
  ended: (n: number) =>
    plural(n, { one: '1 goal that has ended', other: `${n} goals that have ended` }),
  removed: (n: number) => plural(n, { one: '1 removed goal', other: `${n} removed goals` }),

  title: 'Goal',
  titleHint: 'In the client’s own words, such as “I find a studio of my own by the end of June”.',
  titleMissing: 'Write the goal',
  clientWords: 'The client’s thoughts on the goal',
  area: 'Area',
  noArea: 'Not chosen',
  status: 'Status',
  review: 'When is it reviewed?',
  reviewOn: (when: string) => `Review on ${when}`,
  reviewDue: (when: string) => `Review was due on ${when}`,

  steps: 'Steps',
  stepsDone: (done: number, all: number) => `${done} of ${all} steps done`,
  step: (number: number) => `Step ${number}`,
  addStep: 'Add a step',
  stepUp: (number: number) => `Move step ${number} up`,
  stepDown: (number: number) => `Move step ${number} down`,
  noSteps: 'No steps agreed yet.',
  stepDone: 'Marked as done',
  stepUndone: 'No longer marked as done',

  progress: 'Progress from visit to visit',
  noProgress: 'No visit has said anything about this goal yet.',
  trend: {
    forward: 'Moving forward at the latest visits',
    same: 'Unchanged at the latest visits',
    back: 'Slipping back at the latest visits',
  },
  visitDay: 'Visit',
  move: 'Progress',

  update: 'Update',
  remove: 'Remove the goal',
  removedNow: 'Goal removed',
  broughtBack: 'Brought back',

  checklists: 'Checklists',
  phases: 'Phases',
  areas: 'Areas',
  currentPhase: 'Current phase',
  done: (done: number, all: number) => `${done}/${all}`,
  doneShort: (done: number, all: number) => `${done} of ${all} ticked`,
  doneInWords: (done: number, all: number) => `${done} of ${all} items ticked`,
  tickedBy: (name: string, when: string) => `${name}, ${when}`,
  tickedInVisit: 'At a visit',
  ticked: 'Ticked',
  unticked: 'Tick removed',
};
