import type { Words } from '../fi/index.ts';

/** ＋: what is written, and for whom; and the forms that are not finished. */
export const adding: Words['adding'] = {
  title: 'Vad ska antecknas?',
  whoFor: 'För vem?',
  visitNow: 'Besök just nu',
  callWord: 'Samtal',
  callOf: (name) => `Samtal, klient: ${name}`,
  errand: 'Följa med på ärenden',
  note: 'Anteckning',
  unfinished: 'Oavslutat',
  unfinishedNames: {
    visit: 'Anteckning om besök',
    note: 'Anteckning',
    plan: 'Avtala besök',
    phase: 'Byte av stödfas',
    client: 'Klientens uppgifter',
    mend: 'Rättelse av en anteckning',
  },
};
