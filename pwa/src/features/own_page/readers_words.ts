/** Who has looked at the client's data and why, as it is said to the client in their language (Q12). */

import type { ClientLanguage } from '../../words/client_languages.ts';

interface ReadersWords {
  title: string;
  asOf: (day: string, since: string) => string;
  nobody: string;
  nobodyKnown: string;
  looked: (days: number, last: string) => string;
  /** by why the person had the file open to them */
  reasons: Record<string, string>;
  otherReason: string;
  /** by role */
  titles: Record<string, string>;
}

const TITLES_FI = {
  field_worker: 'asumisohjaaja',
  own_worker: 'vastuutyöntekijä',
  social_counsellor: 'sosiaaliohjaaja',
  social_worker: 'sosiaalityöntekijä',
  team_leader: 'tiimivastaava',
  service_manager: 'palvelupäällikkö',
  commissioner_viewer: 'tilaajan edustaja',
  expert_by_experience: 'kokemusasiantuntija',
  data_protection: 'tietosuojavastaava',
  admin: 'järjestelmän pääkäyttäjä',
};

export const readersWords: Record<ClientLanguage, ReadersWords> = {
  fi: {
    title: 'Kuka on katsonut tietojasi',
    asOf: (day, since) => `Tilanne ${day}. Mukana ovat katselut ${since} alkaen.`,
    nobody: 'Kukaan ei ole katsonut tietojasi.',
    nobodyKnown: 'Nimi ei ole tiedossa',
    looked: (days, last) =>
      days === 1 ? `Katsoi ${last}.` : `Katsoi ${days} päivänä, viimeksi ${last}.`,
    reasons: {
      own_client: 'Sinun työntekijäsi.',
      opened: 'Kirjasi sinut asiakkaaksi.',
      supervision: 'Työntekijäsi esihenkilö.',
      stand_in: 'Työntekijäsi sijainen.',
      intake: 'Käsitteli lähetettäsi.',
      returner: 'Luki aiemman asiakkuutesi tiedot, kun palasit palveluun.',
      break_glass: 'Avasi tietosi kiireellisestä syystä.',
    },
    otherReason: 'Syytä voit kysyä työntekijältäsi.',
    titles: TITLES_FI,
  },
  fi_easy: {
    title: 'Kuka on katsonut sinun tietojasi',
    asOf: (day, since) =>
      `Tämä lista on tehty ${day}. Listalla on se, mitä on katsottu ${since} alkaen.`,
    nobody: 'Kukaan ei ole katsonut sinun tietojasi.',
    nobodyKnown: 'Emme tiedä nimeä',
    looked: (days, last) =>
      days === 1
        ? `Hän katsoi tietoja ${last}.`
        : `Hän katsoi tietoja ${days} eri päivänä. Viimeinen päivä oli ${last}.`,
    reasons: {
      own_client: 'Hän on sinun työntekijäsi.',
      opened: 'Hän kirjoitti sinut asiakkaaksi.',
      supervision: 'Hän on sinun työntekijäsi esihenkilö.',
      stand_in: 'Hän auttoi, kun sinun työntekijäsi oli poissa.',
      intake: 'Hän luki, millaista apua sinulle on pyydetty.',
      returner: 'Hän luki vanhoja tietojasi, kun tulit takaisin.',
      break_glass: 'Hän avasi tietosi, koska asialla oli kiire.',
    },
    otherReason: 'Kysy työntekijältäsi, miksi hän katsoi.',
    titles: TITLES_FI,
  },
  sv: {
    title: 'Vem som har sett dina uppgifter',
    asOf: (day, since) => `Läget ${day}. Här finns visningarna från och med ${since}.`,
    nobody: 'Ingen har sett dina uppgifter.',
    nobodyKnown: 'Namnet är inte känt',
    looked: (days, last) =>
      days === 1 ? `Såg uppgifterna ${last}.` : `Såg uppgifterna ${days} dagar, senast ${last}.`,
    reasons: {
      own_client: 'Din arbetstagare.',
      opened: 'Skrev in dig som klient.',
      supervision: 'Din arbetstagares chef.',
      stand_in: 'Vikarie för din arbetstagare.',
      intake: 'Behandlade din remiss.',
      returner: 'Läste uppgifterna om din tidigare klientrelation när du kom tillbaka.',
      break_glass: 'Öppnade dina uppgifter i ett brådskande ärende.',
    },
    otherReason: 'Orsaken kan du fråga din arbetstagare om.',
    titles: {
      field_worker: 'boendehandledare',
      own_worker: 'ansvarig medarbetare',
      social_counsellor: 'socialhandledare',
      social_worker: 'socialarbetare',
      team_leader: 'teamansvarig',
      service_manager: 'servicechef',
      commissioner_viewer: 'beställarens representant',
      expert_by_experience: 'erfarenhetsexpert',
      data_protection: 'dataskyddsombud',
      admin: 'systemets huvudanvändare',
    },
  },
  en: {
    title: 'Who has looked at your data',
    asOf: (day, since) => `As of ${day}, since ${since}.`,
    nobody: 'Nobody has looked at your data.',
    nobodyKnown: 'The name is not known',
    looked: (days, last) =>
      days === 1 ? `Looked on ${last}.` : `Looked on ${days} days, last on ${last}.`,
    reasons: {
      own_client: 'Your worker.',
      opened: 'Entered you as a client.',
      supervision: 'Your worker’s supervisor.',
      stand_in: 'Stood in for your worker.',
      intake: 'Handled your referral.',
      returner: 'Read about your earlier time here when you came back.',
      break_glass: 'Opened your data in an urgent matter.',
    },
    otherReason: 'Ask your worker for the reason.',
    titles: {
      field_worker: 'housing support worker',
      own_worker: 'key worker',
      social_counsellor: 'social counsellor',
      social_worker: 'social worker',
      team_leader: 'team leader',
      service_manager: 'service manager',
      commissioner_viewer: 'commissioner’s representative',
      expert_by_experience: 'expert by experience',
      data_protection: 'data protection officer',
      admin: 'administrator of the system',
    },
  },
};
