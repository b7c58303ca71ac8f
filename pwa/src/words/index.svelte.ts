/**
 * What the app says. One object a language, split by area (`words.today.title`); Finnish is the source, and a language that
 * lacks a key does not compile. Only the chosen language is loaded.
 */

import type { Words } from './fi/index.ts';

export type { Words };
export type Language = 'fi' | 'sv' | 'en';

export const languages: readonly Language[] = ['fi', 'sv', 'en'];
/** Each language's name in itself. */
export const languageNames: Record<Language, string> = {
  fi: 'Suomi',
  sv: 'Svenska',
  en: 'English',
};

const load: Record<Language, () => Promise<Words>> = {
  fi: async () => (await import('./fi/index.ts')).fi,
  sv: async () => (await import('./sv/index.ts')).sv,
  en: async () => (await import('./en/index.ts')).en,
};

let now = $state.raw<{ language: Language; words: Words | null }>({ language: 'fi', words: null });

/** The words of the language spoken now; reading one in a template keeps it current. */
export const words: Words = new Proxy({} as Words, {
  get: (_, area) => {
    if (now.words === null) throw new Error('speak() comes before the first screen');
    return now.words[area as keyof Words];
  },
});

export function language(): Language {
  return now.language;
}

/** Changes the language of every screen; what is being typed stays. */
export async function speak(chosen: Language): Promise<void> {
  now = { language: chosen, words: await load[chosen]() };
  document.documentElement.lang = chosen;
}

export function isLanguage(value: unknown): value is Language {
  return languages.some((one) => one === value);
}

/** What the browser asks for, Finnish where it asks for something else. */
export function browserLanguage(asked: readonly string[] = navigator.languages): Language {
  return asked.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'fi';
}
