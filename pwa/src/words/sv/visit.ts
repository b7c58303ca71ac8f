import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const visit: Words['visit'] = {
  title: 'Anteckna besöket',
  correctTitle: 'Rätta anteckningen',
  newTitles: { visit: 'Nytt besök', call: 'Nytt samtal', errand: 'Följa med på ärenden' },
  outcome: 'Hur gick det?',
  outcomeMissing: 'Välj hur det gick',
  otherOutcome: 'Annat',
  otherOutcomes: 'Vad hände?',
  reason: 'Orsak',
  side: 'Vem flyttade?',
  sideMissing: 'Välj vem som flyttade besöket',

  when: 'Tid',
  whenChange: 'Ändra tiden',
  lasted: (minutes: number) => `${minutes} min`,
  minutes: 'Längd',
  notYet: 'Tiden har inte kommit än. Anteckna som genomfört bara det som redan har hänt.',
  unlogged: (when: string) =>
    `För den här dagen är ett besök ${when} avtalat, som inte har antecknats.`,
  kindMore: 'Resor, slag, plats, arbetspar och metoder',
  way: 'Resor',
  work: 'Som vilken arbetstid räknas det?',
  allMethods: 'Visa alla metoder',
  direct: 'Direkt klientarbete (min)',
  directHint: 'Räknas ut från tiderna om du inte ändrar.',
  otherMinutes: {
    client_work_indirect: 'Indirekt klientarbete (min)',
    travel: 'Resor (min)',
    recording: 'Dokumentation (min)',
  },
  minutesWrong: 'Minuterna ska vara ett heltal mellan 0 och 1440',
  what: 'Vad gjordes?',
  where: 'Var?',

  goals: 'Hur gick det med målen?',
  noGoals: 'Klienten har inga mål än.',
  addGoal: 'Kom överens om det första målet',

  areas: 'Vad handlade besöket om?',
  checklist: 'Checklistor',
  tickedNow: (n: number) => plural(n, { one: '1 markerad nu', other: `${n} markerade nu` }),

  note: 'Anteckning',
  noteHint: 'Vad ni gjorde, vad klienten sade, vad som görs härnäst.',
  noteHintUnmet: 'Frivilligt, till exempel: jag lämnade ett meddelande.',

  next: 'Nästa besök',
  retry: 'Nytt försök',
  nextSuggestion: (when: string) => `Avtala ${when}`,
  nextOther: 'Annan tid',
  nextAlready: (when: string) => `Redan avtalat: ${when}`,
  nextWrong: (why: string) => `Nästa besök: ${why}`,

  save: 'Spara',
  saveCorrection: 'Spara rättelsen',
};
