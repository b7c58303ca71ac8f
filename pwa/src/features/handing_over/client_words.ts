/** What is said to the client, in the language that was chosen for them: not the worker's. */

import type { ClientLanguage } from '../../words/client_languages.ts';

interface ClientWords {
  title: string;
  nobody: string;
  start: string;
  refuse: string;
  step: (n: number, all: number) => string;
  back: string;
  next: string;
  skip: string;
  done: string;
  thanks: string;
  giveBack: string;
  worker: string;
  chars: (n: string, max: string) => string;
  tooLong: (n: string, max: string) => string;
}

export const clientWords: Record<ClientLanguage, ClientWords> = {
  fi: {
    title: 'Mitä mieltä olet palvelusta?',
    nobody: 'Vastaat ilman nimeä. Työntekijä ei näe vastaustasi.',
    start: 'Aloita',
    refuse: 'En halua vastata',
    step: (n, all) => `Kysymys ${n} / ${all}`,
    back: 'Takaisin',
    next: 'Seuraava',
    skip: 'Ohita',
    done: 'Valmis',
    thanks: 'Kiitos!',
    giveBack: 'Anna puhelin takaisin työntekijälle.',
    worker: 'Olen työntekijä',
    chars: (n, max) => `${n} / ${max} merkkiä`,
    tooLong: (n, max) => `Teksti on liian pitkä: ${n} merkkiä, enintään ${max}. Lyhennä sitä.`,
  },
  fi_easy: {
    title: 'Mitä mieltä olet avusta?',
    nobody: 'Kukaan ei saa tietää, mitä sinä vastasit. Nimeäsi ei kysytä.',
    start: 'Aloita',
    refuse: 'En halua vastata',
    step: (n, all) => `Kysymys ${n}. Kysymyksiä on ${all}.`,
    back: 'Takaisin',
    next: 'Seuraava',
    skip: 'En vastaa tähän',
    done: 'Olen valmis',
    thanks: 'Kiitos!',
    giveBack: 'Anna puhelin takaisin työntekijälle.',
    worker: 'Olen työntekijä',
    chars: (n, max) => `Tekstissäsi on ${n} merkkiä. Siinä voi olla ${max} merkkiä.`,
    tooLong: (n, max) =>
      `Tekstisi on liian pitkä. Siinä on ${n} merkkiä. Siinä voi olla ${max} merkkiä. Poista osa tekstistä.`,
  },
  sv: {
    title: 'Vad tycker du om tjänsten?',
    nobody: 'Du svarar utan namn. Arbetstagaren ser inte ditt svar.',
    start: 'Börja',
    refuse: 'Jag vill inte svara',
    step: (n, all) => `Fråga ${n} / ${all}`,
    back: 'Tillbaka',
    next: 'Nästa',
    skip: 'Hoppa över',
    done: 'Klar',
    thanks: 'Tack!',
    giveBack: 'Ge tillbaka telefonen till arbetstagaren.',
    worker: 'Jag är arbetstagaren',
    chars: (n, max) => `${n} / ${max} tecken`,
    tooLong: (n, max) => `Texten är för lång: ${n} tecken, högst ${max}. Korta den.`,
  },
  en: {
    title: 'What do you think of the service?',
    nobody: 'You answer without your name. The worker does not see your answer.',
    start: 'Begin',
    refuse: 'I do not want to answer',
    step: (n, all) => `Question ${n} of ${all}`,
    back: 'Back',
    next: 'Next',
    skip: 'Skip',
    done: 'Done',
    thanks: 'Thank you!',
    giveBack: 'Please give the phone back to the worker.',
    worker: 'I am the worker',
    chars: (n, max) => `${n} / ${max} characters`,
    tooLong: (n, max) =>
      `The text is too long: ${n} characters, at most ${max}. Please shorten it.`,
  },
};
