import type { Words } from '../fi/index.ts';

export const reviewQueue: Words['reviewQueue'] = {
  title: 'Anteckningar som väntar på ditt beslut',
  why: 'De här anteckningarna finns inte i klientens uppgifter. Du avgör om de tas med.',
  by: (name) => `Antecknat av: ${name}`,
  arrived: (when) => `Kom ${when}`,
  late: 'Den som antecknade skötte inte längre klienten när anteckningen kom.',
  unknownClient: 'Du ser inte klienten',
  take: 'Ta med',
  taken: 'Anteckningen togs med',
  notTaken: 'Anteckningen kunde inte tas med',
  leave: 'Avslå',
  leaveTitle: 'Ska anteckningen avslås?',
  leaveWhat:
    'Anteckningen tas inte med i klientens uppgifter. Den finns kvar på servern och raderas inte. Avslaget kan inte ångras i appen.',
  left: 'Anteckningen avslogs. Den finns kvar på servern.',
  nothing: 'Ingen anteckning väntar på ditt beslut',
  nothingHint: 'Hit kommer det som ditt team skickar till dig eller som kommer för sent.',
  needsNetwork: 'Den här sidan kräver anslutning.',
  more: 'Visa fler',
  again: 'Försök igen',
};
