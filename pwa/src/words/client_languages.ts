/** The languages that a client may choose for what is shown to them, each by its own name. */

import type { Language } from './index.svelte.ts';

export const CLIENT_LANGUAGES = {
  fi: 'Suomi',
  fi_easy: 'Selkosuomi',
  sv: 'Svenska',
  en: 'English',
} as const;
export type ClientLanguage = keyof typeof CLIENT_LANGUAGES;

/** In which days and clock times are written: easy Finnish is Finnish. */
export function plainLanguage(language: ClientLanguage): Language {
  return language === 'fi_easy' ? 'fi' : language;
}

export function isClientLanguage(value: string | null): value is ClientLanguage {
  return value !== null && Object.hasOwn(CLIENT_LANGUAGES, value);
}

/** The client's own language, until another one is chosen. */
export function languageFor(spoken: string | null, chosen: ClientLanguage | null): ClientLanguage {
  return chosen ?? (isClientLanguage(spoken) ? spoken : 'fi');
}
