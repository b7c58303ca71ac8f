import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const entries: Words['entries'] = {
  draftFound: (when: string) => `Du fortsätter på anteckningen som blev oavslutad ${when}.`,
  startOver: 'Börja om',
  nothingChanged: 'Inget ändrades',
  diskFull:
    'Enhetens minne är fullt, så det gick inte att spara. Texten finns kvar här. Frigör utrymme, till exempel genom att ta bort bilder, och försök igen.',
  draftNotKept:
    'Den påbörjade texten kunde inte sparas på enheten. Spara anteckningen eller kopiera texten innan du går härifrån.',
  chars: (n: string, max: string) => `${n} / ${max} tecken`,
  textTooLong: (n: string, max: string) =>
    `Texten är för lång: ${n} tecken, högst ${max}. Korta den eller anteckna resten separat.`,
  broken: 'Det här formuläret kan inte visas',
  brokenWhy:
    'Det du skrev finns kvar nedan. Kopiera texten, ta bort utkastet och skriv in den på nytt.',
  brokenRecords:
    'Uppgifterna innehåller något som den här versionen inte kan visa. Berätta det för din chef.',
  brokenText: 'Utkastets text',
  discard: 'Ta bort utkastet',
  notDiscarded: 'Utkastet kunde inte tas bort. Försök igen.',
  unfinished: 'Oavslutat',
  resume: 'Fortsätt',

  newerTitle: 'Här finns en nyare uppgift',
  newerBy: (name: string, when: string) => `${name} antecknade ${when}`,
  newerByMe: (when: string) => `Du antecknade på annat håll ${when}`,
  newerTake: 'Ta den här',
  newerKeep: 'Behåll min',
  newerWhy: 'Inget försvinner: om du sparar utan att välja bevaras båda.',

  differing: 'Vilken är rätt?',
  differingMany: 'Vilken är rätt?',
  differingNotice: (n: number) =>
    plural(n, {
      one: 'Om en sak finns två olika anteckningar',
      other: `Om ${n} saker finns olika anteckningar`,
    }),
  differingLook: 'Se och välj',
  differingNone: 'Anteckningarna skiljer sig inte längre',
  differingNoneHint: 'Någon har redan valt, eller så är anteckningarna lika.',
  youWrote: (when: string) => `Du antecknade ${when}`,
  theyWrote: (name: string, when: string) => `${name} antecknade ${when}`,
  others: (names: string) => `Samma anteckning också: ${names}`,
  mine: 'Min',
  thisOne: 'Den här är rätt',
  both: 'Behåll båda',
  bothText: 'Båda tillsammans',
  bothTextHint: 'Du kan ännu ändra texten innan du sparar.',
  bothSave: 'Spara båda',
  all: 'Behåll alla',
  allText: 'Alla tillsammans',
  allSave: 'Spara alla',
  keptInHistory: 'Den andra finns kvar i historiken.',
  othersInHistory: 'De andra finns kvar i historiken.',
  settled: 'Valet är sparat',

  history: 'Historik',
  historyPending: 'Väntar på att skickas',
  historyPartly: 'Här ser du det som finns på den här enheten. Resten hämtas när nätet fungerar.',
  historyEmpty: 'Historiken finns inte på den här enheten än',
  historyEmptyHint: 'Den hämtas när nätet fungerar.',
  was: 'Tidigare',
  became: 'Sedan',
  me: 'Du',

  removedBy: (name: string, when: string) => `${name} tog bort den här ${when}.`,
  removedByMe: (when: string) => `Du tog bort den här ${when}.`,
  changedSince: 'Borttagen, men ändrad efter det',
  changedSinceWhy: 'Den som tog bort hade inte sett det här:',
  bringBack: 'Återställ',
  broughtBack: 'Återställd',
  remove: 'Ta bort',
  removed: 'Borttagen',
  correct: 'Rätta',
  gone: 'Anteckningen hittas inte',
  goneWhy: 'Den har inte hämtats än, eller så finns den hos en annan klient.',
  differingToday: 'Avvikande anteckningar',
  differingWhy: 'Två olika anteckningar om samma sak',
};
