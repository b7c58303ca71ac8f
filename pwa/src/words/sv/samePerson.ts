import type { Words } from '../fi/index.ts';

export const samePerson: Words['samePerson'] = {
  title: 'Samma klient två gånger',
  open: 'Samma klient två gånger?',
  find: 'Slå ihop klienter',
  intro:
    'Om klienten har lagts in två gånger, slå ihop klienterna. Anteckningarna visas sedan tillsammans. Inget flyttas eller raderas, och sammanslagningen kan upphävas.',
  noneLike: 'Det finns inga andra klienter med samma namn på den här enheten.',
  other: 'Den andra klienten',
  noOther: 'Välj klient',
  joinTitle: 'Slå ihop klienterna?',
  joinWhat: (kept, other) =>
    `${kept} blir kvar, och anteckningarna om klienten ${other} visas på samma sida.`,
  joinSafety: 'Säkerhetsuppgifterna visas för båda.',
  join: 'Slå ihop',
  joined: 'Klienterna har slagits ihop',
  together: 'Sammanslagna hit',
  apart: 'Upphäv',
  apartNow: 'Sammanslagningen har upphävts',
  readers: 'Vem ser klienten?',
  readersWhy:
    'Allt ser bara den som såg båda klienterna. Välj vilka som fortsätter: de ser allt, de andra ser inget.',
  readsAll: 'Ser allt',
  readsSome: (files, all) => `Ser en del (${files}/${all})`,
  decide: 'Bekräfta vem som ser',
  decided: 'Bekräftat vem som ser klienten',
  needsNetwork: 'Det går inte att bekräfta utan nätverk. Försök igen när anslutningen fungerar.',
};
