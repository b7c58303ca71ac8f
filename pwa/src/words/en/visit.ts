import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const visit: Words['visit'] = {
  title: 'Log the visit',
  correctTitle: 'Correct the entry',
  newTitles: { visit: 'New visit', call: 'New call', errand: 'New accompanied appointment' },
  outcome: 'How did it go?',
  outcomeMissing: 'Choose how it went',
  otherOutcome: 'Other',
  otherOutcomes: 'What happened?',
  reason: 'Reason',
  side: 'Who moved it?',
  sideMissing: 'Choose who moved the visit',

  when: 'Time',
  whenChange: 'Edit the time',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Duration',
  notYet: 'That time is still to come. Log as done only what has happened already.',
  unlogged: (when: string) => `A visit at ${when} is planned for this day and has not been logged.`,
  kindMore: 'Travel, kind, place, colleague and methods',
  way: 'Travel',
  work: 'What working time does it count as?',
  allMethods: 'Show all methods',
  direct: 'Direct client work (min)',
  directHint: 'Follows the times unless you change it.',
  otherMinutes: {
    client_work_indirect: 'Indirect client work (min)',
    travel: 'Travel (min)',
    recording: 'Record keeping (min)',
  },
  minutesWrong: 'Minutes must be a whole number from 0 to 1440',
  what: 'What was done?',
  where: 'Where?',

  goals: 'How did the goals progress?',
  noGoals: 'This client has no goals yet.',
  addGoal: 'Agree on the first goal',

  areas: 'What was the visit about?',
  checklist: 'Checklists',
  tickedNow: (n: number) => plural(n, { one: '1 ticked now', other: `${n} ticked now` }),

  note: 'Note',
  noteHint: 'What you did, what the client said, what comes next.',
  noteHintUnmet: 'Optional, for example: I left a message.',

  next: 'Next visit',
  retry: 'Another attempt',
  nextSuggestion: (when: string) => `Plan ${when}`,
  nextOther: 'Another time',
  nextAlready: (when: string) => `Already planned: ${when}`,
  nextWrong: (why: string) => `Next visit: ${why}`,

  save: 'Save',
  saveCorrection: 'Save the correction',
};
