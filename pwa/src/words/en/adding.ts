import type { Words } from '../fi/index.ts';

/** ＋: what is written, and for whom; and the forms that are not finished. */
export const adding: Words['adding'] = {
  title: 'What do you want to record?',
  whoFor: 'For whom?',
  visitNow: 'Visit right now',
  callWord: 'Call',
  callOf: (name) => `Call, client: ${name}`,
  errand: 'Accompanied appointment',
  note: 'Note',
  unfinished: 'Unfinished',
  unfinishedNames: {
    visit: 'Visit entry',
    plan: 'Planned visit',
    phase: 'Change of phase',
    client: 'Client details',
    mend: 'Correction of an entry',
  },
};
