/** What is said to the client on their own page, in the language that was chosen for them: not the worker's. */

import type { ClientLanguage } from '../../words/client_languages.ts';

interface OwnPageWords {
  title: string;
  helper: string;
  visits: string;
  noVisits: string;
  agreed: string;
  goals: string;
  steps: string;
  plan: string;
  parts: Record<'client' | 'worker' | 'commissioner', string>;
  reviewed: (day: string) => string;
  answered: (day: string) => string;
  signature: string;
  rights: string;
  rightsTold: string;
  asOf: (day: string) => string;
}

export const ownPageWords: Record<ClientLanguage, OwnPageWords> = {
  fi: {
    title: 'Oma sivusi',
    helper: 'Sinua auttaa',
    visits: 'Seuraavat tapaamiset',
    noVisits: 'Tapaamista ei ole vielä sovittu.',
    agreed: 'Mitä sovimme',
    goals: 'Tavoitteesi',
    steps: 'Vielä tekemättä:',
    plan: 'Suunnitelmasi',
    parts: { client: 'Sinä', worker: 'Työntekijä', commissioner: 'Palvelun tilaaja' },
    reviewed: (day) => `Suunnitelma tarkistetaan viimeistään ${day}.`,
    answered: (day) => `Vastasit ${day}:`,
    signature: 'Allekirjoituksesi',
    rights: 'Sinun tietosi',
    rightsTold:
      'Saat lukea, mitä sinusta on kirjattu. Saat tietää, kuka on katsonut tietojasi ja miksi. Kysy työntekijältäsi.',
    asOf: (day) => `Tehty ${day}`,
  },
  fi_easy: {
    title: 'Sinun sivusi',
    helper: 'Tämä ihminen auttaa sinua',
    visits: 'Milloin tapaamme',
    noVisits: 'Emme ole vielä sopineet, milloin tapaamme.',
    agreed: 'Näin me sovimme',
    goals: 'Mitä sinä haluat',
    steps: 'Nämä asiat pitää vielä tehdä:',
    plan: 'Kuka tekee mitä',
    parts: { client: 'Sinä', worker: 'Työntekijä', commissioner: 'Hän, joka päättää palvelusta' },
    reviewed: (day) => `Puhumme tästä uudestaan. Viimeinen päivä on ${day}.`,
    answered: (day) => `Sinä vastasit näin ${day}:`,
    signature: 'Sinun nimesi',
    rights: 'Sinun tietosi',
    rightsTold:
      'Sinulla on oikeus lukea, mitä sinusta on kirjoitettu. Sinulla on oikeus tietää, kuka on lukenut sinun tietojasi. Kysy työntekijältä.',
    asOf: (day) => `Tämä paperi on tehty ${day}`,
  },
  sv: {
    title: 'Din egen sida',
    helper: 'Den som hjälper dig',
    visits: 'Nästa möten',
    noVisits: 'Inget möte är ännu avtalat.',
    agreed: 'Vad vi kom överens om',
    goals: 'Dina mål',
    steps: 'Återstår att göra:',
    plan: 'Din plan',
    parts: { client: 'Du', worker: 'Arbetstagaren', commissioner: 'Den som beställt servicen' },
    reviewed: (day) => `Planen ses över senast ${day}.`,
    answered: (day) => `Du svarade ${day}:`,
    signature: 'Din underskrift',
    rights: 'Dina uppgifter',
    rightsTold:
      'Du får läsa det som har antecknats om dig. Du får veta vem som har sett dina uppgifter och varför. Fråga din arbetstagare.',
    asOf: (day) => `Gjord ${day}`,
  },
  en: {
    title: 'Your own page',
    helper: 'Who helps you',
    visits: 'Next meetings',
    noVisits: 'No meeting has been arranged yet.',
    agreed: 'What we agreed',
    goals: 'Your goals',
    steps: 'Still to do:',
    plan: 'Your plan',
    parts: { client: 'You', worker: 'The worker', commissioner: 'Who pays for the service' },
    reviewed: (day) => `The plan is looked at again by ${day}.`,
    answered: (day) => `You answered on ${day}:`,
    signature: 'Your signature',
    rights: 'Your data',
    rightsTold:
      'You may read what has been written about you. You may know who has looked at your data, and why. Ask your worker.',
    asOf: (day) => `Made ${day}`,
  },
};
