import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** The phone in the client's hand. */
export const handOver: Words['handOver'] = {
  title: 'Ge telefonen till klienten',
  intro:
    'Klienten svarar på fem frågor om tjänsten. Svaret är anonymt: du ser det inte, och det kan inte kopplas till klienten.',
  language: 'Klientens språk',
  locked: 'Ovikello låses, och klienten ser bara enkäten. Du öppnar det efteråt som vanligt.',
  give: 'Lås och ge telefonen',
  fetching: 'Hämtar svarsbiljetter…',
  noTickets: 'Enkäten kan inte öppnas nu',
  noTicketsWhy:
    'Varje svar behöver en svarsbiljett, och de är slut på den här enheten. Nya hämtas när nätet fungerar; 20 om dagen.',
  again: 'Hämta på nytt',
  waiting: (n: number) =>
    plural(n, { one: '1 svar väntar på nätet.', other: `${n} svar väntar på nätet.` }),
  refused: (n: number) =>
    plural(n, {
      one: 'Ett svar togs inte emot eftersom biljetten var för gammal.',
      other: `${n} svar togs inte emot eftersom biljetterna var för gamla.`,
    }),
  back: 'Ge tillbaka telefonen till arbetstagaren',
  backWhy: 'Klientens del är avslutad. Svaren som gavs finns kvar.',
  introAnswer:
    'Klienten läser det här, berättar med egna ord om hen är av samma åsikt, och skriver under. Svaret sparas bland klientens uppgifter när du öppnar Ovikello.',
  introRead:
    'Läs anteckningen tillsammans. Klienten ser bara det här av den, och inga andra uppgifter.',
  read: 'Läs med klienten',
  introRating: 'Klienten svarar själv. Du ser inte svaren förrän besöket är antecknat.',
  opensTomorrow: 'Du ser svaren nästa dag: inget besök i dag är oantecknat.',
  opensWith: (when: string) => `Du ser svaren när besöket ${when} är antecknat.`,
  rate: 'Låt klienten bedöma själv',
  ratingsWait: (n: number) =>
    plural(n, {
      one: 'Ett svar väntar på att besöket antecknas.',
      other: `${n} svar väntar på att besöken antecknas.`,
    }),
  asks: 'Vad svarar klienten på?',
  asked: {
    areas: 'Hur vardagen går',
    participation: 'Delaktighet',
    feedback: 'Respons på perioden som är slut',
    feedbackAtExit: 'Respons när servicen upphör',
  },
  sees: 'Klienten ser bara det här:',
  lockedPaper: 'Ovikello låses. Du öppnar det efteråt som vanligt.',
  collected: 'Klientens svar sparades',
  show: 'Låt klienten svara',
  changedSince: 'Ändrat efter klientens svar',
  signatureOf: (name: string) => (name ? `Underskrift: ${name}` : 'Klientens underskrift'),
};
