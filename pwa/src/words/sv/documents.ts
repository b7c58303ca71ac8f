import type { Words } from '../fi/index.ts';

/** Documents of the national structure, made from a client's records. */
export const documents: Words['documents'] = {
  title: 'Dokument i nationell form',
  what: 'Anteckningar, planer och meddelanden till välfärdsområdet',
  intro:
    'Av de här anteckningarna kan ett dokument göras. Titta på förhandsvisningen och spara som fil.',
  none: 'Inga dokument kan göras ännu',
  noneHint:
    'Ett dokument görs av ett beslut, en avtalad plan, ett besök eller någon annan anteckning.',
  groups: {
    plans: 'Planer',
    service: 'Servicens början och slut',
    summaries: 'Sammandrag',
    disclosures: 'Begäran om och utlämnande av uppgifter',
    entries: 'Anteckningar i klientjournalen',
  },
  ready: 'klart',
  lacks: (what: string) => `saknas: ${what}`,
  all: (count: number) => `Visa alla ${count}`,
  lacksCode: (where: string, own: string, system: string) =>
    `${where} (”${own}” finns inte i kodverket ${system})`,
  lacksName: (oid: string) => `dokumentets officiella namn (${oid})`,
  invented: 'Kodverken är påhittade',
  inventedWhy: 'De har laddats för att prova. De här dokumenten skickas inte vidare.',
  noCodes: 'De nationella kodverken har inte laddats',
  noCodesWhy: 'Utan dem kan de flesta dokument inte göras. Be administratören ladda dem.',
  noCodesHere: 'Kodverken finns inte på den här enheten',
  noCodesHereWhy: 'De hämtas när det finns nät. Därefter görs dokument också utan nät.',
  language: 'Dokumentets språk',
  finnish: 'Finska',
  swedish: 'Svenska',
  cannot: 'Dokumentet kan inte göras ännu',
  missing: 'Saknas:',
  identity: 'Personbeteckningen saknas',
  identityWhy: 'Ovikello sparar inga personbeteckningar. Välfärdsområdets system lägger till den.',
  leftOut: (count: number) =>
    count === 1 ? 'En punkt lämnas bort' : `${count} punkter lämnas bort`,
  gone: 'Dokumentet finns inte',
  goneWhy: 'Anteckningen har tagits bort, eller så kan det här dokumentet inte göras av den.',
  save: 'Spara som fil',
  format: 'Filens form',
  json: 'För datasystem (JSON)',
  xhtml: 'För läsning (XHTML)',
  pdf: 'På papper (PDF/A)',
  pdfOfSent:
    'Pappret görs på servern. En del anteckningar väntar ännu på att skickas: de saknas på pappret.',
  noted: 'Att du sparar antecknas i klientens logg.',
  saveFile: 'Spara',
  saved: 'Dokumentet sparat',
  pdfNeedsNetwork: 'PDF görs på servern och behöver nät. JSON och XHTML görs utan nät.',
  notSentYet:
    'Anteckningen finns inte på servern ännu. Skicka den först, eller välj JSON eller XHTML.',
};
