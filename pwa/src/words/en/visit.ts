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

  repeats: 'Does the visit repeat?',
  repeatsNot: 'Does not repeat',
  everyWeek: 'Every week',
  everySecondWeek: 'Every second week',
  until: 'Last day',
  onWeekdays: [
    'on Sundays',
    'on Mondays',
    'on Tuesdays',
    'on Wednesdays',
    'on Thursdays',
    'on Fridays',
    'on Saturdays',
  ],
  series: (n, weeks, on, clock, last) => {
    const often = weeks === 2 ? `every second week, ${on}` : on;
    return n === 1
      ? `1 visit, ${last} ${clock}`
      : `${n} visits, ${often} ${clock}, the last on ${last}`;
  },
  rhythm: (weeks, on, clock) =>
    weeks === 2 ? `Every second week ${on} ${clock}` : `Every week ${on} ${clock}`,
  rhythmNext: (days) => `Then: ${days}`,
  leaveOut: 'Leave these days out?',
  repeatFaults: {
    missing: 'Give the day on which it stops repeating',
    before: 'The last day is before the first visit',
    none: 'Every visit is left out. Keep at least one.',
  },
  tooManyVisits: (n, last) =>
    `At most ${n} visits can be planned at once. Choose ${last} or an earlier day as the last.`,
  savedMany: (n) => `${n} visits saved on this device`,
  scope: 'What does the change concern?',
  scopeThis: 'This visit only',
  scopeLater: (n) => plural(n, { one: 'This and the next', other: `This and ${n} later ones` }),
  laterGo: (n, last) =>
    plural(n, {
      one: `The next one moves too: ${last}.`,
      other: `${n} later ones move too, the last to ${last}.`,
    }),
  laterMeet: (days) => `There is something else on these days: ${days}`,
  laterStay: (days) => `These have been moved on their own and stay as they are: ${days}`,
  movedToo: (n) => plural(n, { one: 'The next one moved too', other: `${n} later ones moved too` }),
  callOff: (n) => `Cancel ${n} visits`,
  calledOff: (n) => `${n} visits cancelled`,
  holidays: {
    new_years_day: 'New Year’s Day',
    epiphany: 'Epiphany',
    good_friday: 'Good Friday',
    easter_sunday: 'Easter Sunday',
    easter_monday: 'Easter Monday',
    may_day: 'May Day',
    ascension_day: 'Ascension Day',
    pentecost: 'Pentecost',
    midsummer_eve: 'Midsummer Eve',
    midsummer_day: 'Midsummer Day',
    all_saints_day: 'All Saints’ Day',
    independence_day: 'Independence Day',
    christmas_eve: 'Christmas Eve',
    christmas_day: 'Christmas Day',
    second_day_of_christmas: 'Boxing Day',
  },

  save: 'Save',
  saveUnanswered: 'No answer, save',
  saveCorrection: 'Save the correction',
};
