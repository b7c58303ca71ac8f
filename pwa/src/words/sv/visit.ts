import type { Words } from '../fi/index.ts';
import { plural } from './plural.ts';

export const visit: Words['visit'] = {
  title: 'Anteckna besöket',
  correctTitle: 'Rätta anteckningen',
  newTitles: { visit: 'Nytt besök', call: 'Nytt samtal', errand: 'Nytt ärende' },
  outcome: 'Hur gick det?',
  otherOutcome: 'Annat',
  otherOutcomes: 'Vad hände?',
  reason: 'Orsak',

  when: 'Tid',
  whenChange: 'Ändra tiden',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Minuter',
  minutesMore: 'Annan arbetstid',
  direct: 'Klientarbete (min)',
  directHint: 'Räknas ut från tiderna om du inte ändrar.',
  otherMinutes: {
    client_work_indirect: 'Indirekt klientarbete (min)',
    travel: 'Resor (min)',
    recording: 'Dokumentation (min)',
  },
  minutesWrong: 'Minuterna ska vara ett heltal mellan 0 och 1440',
  timesWrong: 'Ange dag, början och slut',
  what: 'Vad gjordes?',
  where: 'Var?',

  goals: 'Hur gick det med målen?',
  goalMove: (title: string) => `Mål: ${title}`,
  noGoals: 'Klienten har inga mål än.',
  addGoal: 'Kom överens om det första målet',

  areas: 'Vad handlade besöket om?',
  checklist: 'Checklistor',
  tickedNow: (n: number) => plural(n, { one: '1 markerad nu', other: `${n} markerade nu` }),
  allTicked: 'Alla punkter är redan markerade.',

  note: 'Anteckning',
  noteHint: 'Vad ni gjorde, vad klienten sade, vad som görs härnäst.',

  next: 'Nästa besök',
  nextSuggestion: (when: string) => `Avtala ${when}`,
  nextOther: 'Annan tid',
  nextNo: 'Avtalas inte nu',
  nextAlready: (when: string) => `Redan avtalat: ${when}`,
  nextWrong: 'Ange dag, början och slut för nästa besök',

  save: 'Spara',
  saveCorrection: 'Spara rättelsen',
};
