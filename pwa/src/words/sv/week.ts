import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const week: Words['week'] = {
  number: (n) => `vecka ${n}`,
  total: (visits, time) =>
    plural(visits, { one: `1 besök, ${time}`, other: `${visits} besök, ${time}` }),
  empty: 'Inga avtalade besök',
  emptyHint: 'Avtalade besök visas här dag för dag.',
  looking: 'Klienternas uppgifter gås fortfarande igenom. Resten av besöken visas om en stund.',
  freeNotLooked:
    'Alla besök har inte hämtats än: lediga tider föreslås när besöken finns på enheten.',
  ownOnly: 'Veckan visar dina egna besök',
  ownOnlyWhy:
    'De andras besök finns under Teamets dag, på en bred skärm också under Teamets vecka. På besök nu berättar vilka som är på besök.',
  earlier: 'Föregående vecka',
  following: 'Nästa vecka',
  earlierDays: 'Tidigare i veckan',
  thisWeek: 'Den här veckan',
  today: 'i dag',
  dayFree: 'Inga besök',
  between: (time) => `${time} emellan`,
  overlap: (time) => `Överlappar ${time}`,
  withColleague: (name) => `Arbetspar: ${name}`,

  arrangeOn: (day) => `Avtala ett besök, ${day}`,
  move: 'Flytta…',
  moveFor: (name, when) => `Flytta, klient: ${name}, ${when}`,
  moveTitle: 'Flytta besöket',
  now: (when) => `Nu ${when}`,
  weekLater: '+1 vecka',
  weekLaterWhen: (when) => `+1 vecka: ${when}`,
  free: 'Lediga tider',
  freeNone: 'Ett så långt besök ryms inte längre den här dagen.',
  moved: (when) => `Flyttat: ${when}`,
  tellColleague: (name) => `Besöket har ett arbetspar: ${name}. Kom överens om flytten.`,

  howToMove:
    'Flytta ett besök genom att dra det. Med tangenter: välj besöket, tryck på mellanslag, flytta med pilarna.',
  moving: (name, when) => `Flyttas, klient: ${name}, ${when}. Enter sparar, Esc avbryter.`,
  notMoved: 'Flytten avbröts',

  whose: 'Vems besök?',
  ownWeek: 'Egen vecka',
  teamDay: 'Teamets dag',
  teamWhat: 'Allas besök hos de klienter vars uppgifter finns på den här enheten.',
  dayBefore: 'Föregående dag',
  dayAfter: 'Nästa dag',
  nobodys: 'Ingen medarbetare',

  teamWeek: 'Teamets vecka',
  person: 'Medarbetare',
  noPeople: 'Inga medarbetare att visa',
  noPeopleWhy: 'Teamets medarbetare visas här när deras klienter finns på den här enheten.',
  howToMoveRows:
    'Flytta ett besök genom att dra det till en annan dag eller en annan medarbetare. Med tangenter: välj besöket, tryck på mellanslag, flytta med pilarna.',
  movingTo: (name, when, person) => `Flyttas, klient: ${name}, medarbetare: ${person}, ${when}`,
  movingKeys: 'Enter sparar, Esc avbryter.',
  movedTo: (when, person) => `Flyttat, medarbetare: ${person}, ${when}`,
  mayNotRead: (person) => `${person} ser kanske inte den här klientens uppgifter`,
  standInUntil: (name, until) => `Vikarie: ${name} till och med ${until}`,
  standsInFor: (name, until) => `Vikarierar för ${name} till och med ${until}`,
  standIn: (name) => `Vikarie: ${name}`,
  hasStandIn: (person, name) => `${person}: ${name} är vikarie då`,
  othersClash: (name, when, client) =>
    `Kollegan (${name}) har redan avtalat samtidigt: ${when}, klient ${client}`,
  arrangeFor: (person, day) => `Avtala ett besök, medarbetare: ${person}, ${day}`,
  plannedFor: (person) => `Besöket görs av ${person}`,
};
