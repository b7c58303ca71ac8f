import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const visit: Words['visit'] = {
  title: 'Log the visit',
  correctTitle: 'Correct the entry',
  newTitles: { visit: 'New visit', call: 'New call', errand: 'New errand' },
  outcome: 'How did it go?',
  otherOutcome: 'Other',
  otherOutcomes: 'What happened?',
  reason: 'Reason',

  when: 'Time',
  whenChange: 'Edit the time',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Minutes',
  minutesMore: 'Other working time',
  direct: 'Client work (min)',
  directHint: 'Follows the times unless you change it.',
  otherMinutes: {
    client_work_indirect: 'Indirect client work (min)',
    travel: 'Travel (min)',
    recording: 'Record keeping (min)',
  },
  minutesWrong: 'Minutes must be a whole number from 0 to 1440',
  timesWrong: 'Give a day, a start and an end',
  what: 'What was done?',
  where: 'Where?',

  goals: 'How did the goals progress?',
  goalMove: (title: string) => `Goal: ${title}`,
  noGoals: 'This client has no goals yet.',
  addGoal: 'Agree on the first goal',

  areas: 'What was the visit about?',
  checklist: 'Checklists',
  tickedNow: (n: number) => plural(n, { one: '1 ticked now', other: `${n} ticked now` }),
  allTicked: 'Every item is ticked already.',

  note: 'Note',
  noteHint: 'What you did, what the client said, what comes next.',

  next: 'Next visit',
  nextSuggestion: (when: string) => `Plan ${when}`,
  nextOther: 'Another time',
  nextNo: 'Not now',
  nextAlready: (when: string) => `Already planned: ${when}`,
  nextWrong: 'Give a day, a start and an end for the next visit',

  save: 'Save',
  saveCorrection: 'Save the correction',
};
