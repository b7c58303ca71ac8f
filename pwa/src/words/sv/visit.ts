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

  repeats: 'Upprepas besöket?',
  repeatsNot: 'Upprepas inte',
  everyWeek: 'Varje vecka',
  everySecondWeek: 'Varannan vecka',
  until: 'Sista dagen',
  onWeekdays: [
    'på söndagar',
    'på måndagar',
    'på tisdagar',
    'på onsdagar',
    'på torsdagar',
    'på fredagar',
    'på lördagar',
  ],
  series: (n, weeks, on, clock, last) => {
    const often = weeks === 2 ? `varannan vecka, ${on}` : on;
    return n === 1
      ? `1 besök, ${last} ${clock}`
      : `${n} besök, ${often} ${clock}, det sista ${last}`;
  },
  rhythm: (weeks, on, clock) =>
    weeks === 2 ? `Varannan vecka ${on} ${clock}` : `Varje vecka ${on} ${clock}`,
  rhythmNext: (days) => `Följande: ${days}`,
  leaveOut: 'Ska de här dagarna lämnas bort?',
  repeatFaults: {
    missing: 'Ange dagen då upprepningen slutar',
    before: 'Sista dagen är före det första besöket',
    none: 'Alla besök har lämnats bort. Behåll minst ett.',
  },
  tooManyVisits: (n, last) =>
    `Högst ${n} besök kan avtalas på en gång. Välj ${last} eller en tidigare dag som sista dag.`,
  savedMany: (n) => `${n} besök sparade på den här enheten`,
  scope: 'Vad gäller ändringen?',
  scopeThis: 'Bara det här besöket',
  scopeLater: (n) => plural(n, { one: 'Det här och nästa', other: `Det här och ${n} följande` }),
  laterGo: (n, last) =>
    plural(n, {
      one: `Nästa flyttas också: ${last}.`,
      other: `${n} följande flyttas också, det sista ${last}.`,
    }),
  laterMeet: (days) => `De här dagarna finns annat: ${days}`,
  laterStay: (days) => `De här har flyttats för sig och blir som de är: ${days}`,
  movedToo: (n) =>
    plural(n, { one: 'Nästa flyttades också', other: `${n} följande flyttades också` }),
  callOff: (n) => `Ställ in ${n} besök`,
  calledOff: (n) => `${n} besök är inställda`,
  holidays: {
    new_years_day: 'nyårsdagen',
    epiphany: 'trettondagen',
    good_friday: 'långfredagen',
    easter_sunday: 'påskdagen',
    easter_monday: 'annandag påsk',
    may_day: 'första maj',
    ascension_day: 'Kristi himmelsfärdsdag',
    pentecost: 'pingst',
    midsummer_eve: 'midsommarafton',
    midsummer_day: 'midsommardagen',
    all_saints_day: 'alla helgons dag',
    independence_day: 'självständighetsdagen',
    christmas_eve: 'julafton',
    christmas_day: 'juldagen',
    second_day_of_christmas: 'annandag jul',
  },

  save: 'Spara',
  saveUnanswered: 'Inget svar, spara',
  saveCorrection: 'Spara rättelsen',
};
