/** What is said to the client who reads and answers, in the language that was chosen for them: not the worker's. */

import type { Agrees } from '../../domain/own_hand.ts';
import type { ClientLanguage } from '../../words/client_languages.ts';
import type { Feedback, Sheet } from './own_rating.ts';

export type PartLabel =
  | 'client' | 'worker' | 'commissioner' | 'services' | 'next' | 'review'
  | 'answer' | 'limits' | 'ownWords' | 'until'
  | 'when' | 'did' | 'said' | 'agreed' | 'written'; // prettier-ignore

type AskedAlone = (Sheet | Feedback)['code'];

interface OwnHandWords {
  plan: string;
  note: string;
  parts: Record<PartLabel, string>;
  isRead: string;
  answer: string;
  agreeTitle: string;
  agrees: Record<Agrees, string>;
  inOwnWords: string;
  signTitle: string;
  signWhat: string;
  drawHere: string;
  undo: string;
  clear: string;
  name: string;
  tooMuch: string;
  kept: string;
  /** of what is rated or told alone: what is asked, and when the worker sees it */
  asked: Record<AskedAlone, string>;
  seenLater: Record<AskedAlone, string>;
}

export const ownHandWords: Record<ClientLanguage, OwnHandWords> = {
  fi: {
    plan: 'Suunnitelmasi',
    note: 'Muistiinpano sinusta',
    parts: {
      client: 'Mitä sinä teet',
      worker: 'Mitä työntekijä tekee',
      commissioner: 'Mitä palvelun tilaaja tekee',
      services: 'Palvelut ja tuki',
      next: 'Seuraavat askeleet',
      review: 'Tarkistetaan viimeistään',
      answer: 'Vastauksesi',
      limits: 'Mitä rajasit pois',
      ownWords: 'Omin sanoin',
      until: 'Voimassa asti',
      when: 'Milloin',
      did: 'Mitä teimme',
      said: 'Mitä sinä sanoit',
      agreed: 'Mitä sovimme',
      written: 'Mitä on kirjattu',
    },
    isRead: 'Olen lukenut tämän',
    answer: 'Vastaa',
    agreeTitle: 'Oletko samaa mieltä?',
    agrees: { yes: 'Olen samaa mieltä', partly: 'Osittain', no: 'Olen eri mieltä' },
    inOwnWords: 'Kerro halutessasi omin sanoin',
    signTitle: 'Allekirjoita',
    signWhat: 'Piirrä nimesi sormella tai kirjoita se. Voit myös jättää tämän väliin.',
    drawHere: 'Allekirjoitus piirretään tähän',
    undo: 'Kumoa viiva',
    clear: 'Tyhjennä',
    name: 'Nimesi kirjoitettuna',
    tooMuch: 'Piirroksessa on liian monta viivaa. Tyhjennä ja piirrä uudelleen.',
    kept: 'Vastauksesi on tallessa.',
    asked: {
      areas: 'Miten arkesi sujuu?',
      participation: 'Missä olet mukana?',
      feedback: 'Mitä mieltä olit tuesta?',
    },
    seenLater: {
      areas: 'Arvioit seitsemän asiaa. Työntekijä näkee vastauksesi vasta, kun käynti on kirjattu.',
      participation:
        'Kerrot yhdeksästä asiasta, kuinka usein osallistut. Työntekijä näkee vastauksesi vasta, kun käynti on kirjattu.',
      feedback:
        'Kerrot omin sanoin päättyneestä jaksosta. Työntekijä näkee vastauksesi vasta, kun käynti on kirjattu.',
    },
  },
  fi_easy: {
    plan: 'Sinun suunnitelmasi',
    note: 'Näin sinusta on kirjoitettu',
    parts: {
      client: 'Nämä asiat sinä teet',
      worker: 'Nämä asiat työntekijä tekee',
      commissioner: 'Nämä asiat tekee hän, joka päättää palvelusta',
      services: 'Nämä auttavat sinua',
      next: 'Mitä teemme seuraavaksi',
      review: 'Puhumme tästä uudestaan. Viimeinen päivä on',
      answer: 'Näin sinä vastasit',
      limits: 'Tätä sinä et halua',
      ownWords: 'Näin sinä sanoit',
      until: 'Tämä on voimassa tähän päivään asti',
      when: 'Milloin tapasimme',
      did: 'Mitä me teimme',
      said: 'Näin sinä sanoit',
      agreed: 'Näin me sovimme',
      written: 'Mitä on kirjoitettu',
    },
    isRead: 'Olen lukenut tämän',
    answer: 'Haluan vastata',
    agreeTitle: 'Onko tämä sinun mielestäsi hyvä?',
    agrees: { yes: 'On.', partly: 'Osa on hyvä. Osa ei ole.', no: 'Ei ole.' },
    inOwnWords: 'Voit kertoa lisää omilla sanoillasi',
    signTitle: 'Kirjoita nimesi',
    signWhat: 'Voit piirtää nimesi sormella. Voit myös kirjoittaa sen. Sinun ei ole pakko.',
    drawHere: 'Piirrä nimesi tähän',
    undo: 'Poista viimeinen viiva',
    clear: 'Poista kaikki viivat',
    name: 'Kirjoita nimesi tähän',
    tooMuch: 'Viivoja on liian paljon. Poista kaikki viivat ja piirrä uudestaan.',
    kept: 'Vastauksesi on tallessa.',
    asked: {
      areas: 'Miten sinun elämäsi sujuu?',
      participation: 'Missä sinä olet mukana?',
      feedback: 'Mitä mieltä sinä olet tuesta?',
    },
    seenLater: {
      areas:
        'Sinulta kysytään seitsemän asiaa. Työntekijä ei näe vastauksiasi heti. Hän näkee ne myöhemmin.',
      participation:
        'Sinulta kysytään yhdeksän asiaa. Työntekijä ei näe vastauksiasi heti. Hän näkee ne myöhemmin.',
      feedback:
        'Voit kertoa omilla sanoillasi. Työntekijä ei näe vastaustasi heti. Hän näkee sen myöhemmin.',
    },
  },
  sv: {
    plan: 'Din plan',
    note: 'En anteckning om dig',
    parts: {
      client: 'Det här gör du',
      worker: 'Det här gör arbetstagaren',
      commissioner: 'Det här gör den som beställt servicen',
      services: 'Service och stöd',
      next: 'Nästa steg',
      review: 'Ses över senast',
      answer: 'Ditt svar',
      limits: 'Det här ingår inte',
      ownWords: 'Med egna ord',
      until: 'Gäller till',
      when: 'När',
      did: 'Vad vi gjorde',
      said: 'Vad du sade',
      agreed: 'Vad vi kom överens om',
      written: 'Vad som har antecknats',
    },
    isRead: 'Jag har läst det här',
    answer: 'Svara',
    agreeTitle: 'Är du av samma åsikt?',
    agrees: { yes: 'Jag är av samma åsikt', partly: 'Delvis', no: 'Jag är av annan åsikt' },
    inOwnWords: 'Berätta med egna ord om du vill',
    signTitle: 'Skriv under',
    signWhat: 'Rita ditt namn med fingret eller skriv det. Du kan också låta bli.',
    drawHere: 'Underskriften ritas här',
    undo: 'Ångra streck',
    clear: 'Töm',
    name: 'Ditt namn i skrift',
    tooMuch: 'Det är för många streck. Töm och rita på nytt.',
    kept: 'Ditt svar är sparat.',
    asked: {
      areas: 'Hur går det i vardagen?',
      participation: 'Vad är du med i?',
      feedback: 'Vad tyckte du om stödet?',
    },
    seenLater: {
      areas: 'Du bedömer sju saker. Arbetstagaren ser dina svar först när besöket är antecknat.',
      participation:
        'Du berättar hur ofta du deltar i nio saker. Arbetstagaren ser dina svar först när besöket är antecknat.',
      feedback:
        'Du berättar med egna ord om perioden som är slut. Arbetstagaren ser ditt svar först när besöket är antecknat.',
    },
  },
  en: {
    plan: 'Your plan',
    note: 'A note about you',
    parts: {
      client: 'What you do',
      worker: 'What the worker does',
      commissioner: 'What whoever pays for the service does',
      services: 'Services and support',
      next: 'Next steps',
      review: 'Looked at again by',
      answer: 'Your answer',
      limits: 'What you left out',
      ownWords: 'In your own words',
      until: 'Valid until',
      when: 'When',
      did: 'What we did',
      said: 'What you said',
      agreed: 'What we agreed',
      written: 'What was written',
    },
    isRead: 'I have read this',
    answer: 'Answer',
    agreeTitle: 'Do you agree?',
    agrees: { yes: 'I agree', partly: 'Partly', no: 'I do not agree' },
    inOwnWords: 'Say more in your own words, if you like',
    signTitle: 'Sign',
    signWhat: 'Draw your name with a finger, or type it. You can also leave this out.',
    drawHere: 'The signature is drawn here',
    undo: 'Undo line',
    clear: 'Clear',
    name: 'Your name, typed',
    tooMuch: 'There are too many lines. Clear it and draw again.',
    kept: 'Your answer is kept.',
    asked: {
      areas: 'How is daily life going?',
      participation: 'What do you take part in?',
      feedback: 'What did you think of the support?',
    },
    seenLater: {
      areas: 'You rate seven things. The worker sees your answers once the visit has been logged.',
      participation:
        'You say of nine things how often you take part. The worker sees your answers once the visit has been logged.',
      feedback:
        'You tell in your own words about the phase that has ended. The worker sees your answer once the visit has been logged.',
    },
  },
};
