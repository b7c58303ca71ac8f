/**
 * What the app says. One object a language, split by area (`words.today.title`); Finnish is the source, and a language that
 * lacks a key does not compile. Only the chosen language is loaded.
 */

import type { FirstWords, RestOfWords, Words } from './fi/index.ts';

export type { Words };
export type Language = 'fi' | 'sv' | 'en';

export const languages: readonly Language[] = ['fi', 'sv', 'en'];
/** Each language's name in itself. */
export const languageNames: Record<Language, string> = {
  fi: 'Suomi',
  sv: 'Svenska',
  en: 'English',
};

interface Loads {
  /** `labels`: the address of what the server's data says in this language */
  first: () => Promise<{ first: FirstWords; labels: string }>;
  /** `labels`: of what forms and pages say and ask besides */
  rest: () => Promise<{ rest: RestOfWords; labels: string }>;
}

const loads: Record<Language, Loads> = {
  fi: { first: () => import('./fi/index.ts'), rest: () => import('./fi/rest.ts') },
  sv: { first: () => import('./sv/index.ts'), rest: () => import('./sv/rest.ts') },
  en: { first: () => import('./en/index.ts'), rest: () => import('./en/rest.ts') },
};

interface Spoken {
  language: Language;
  words: Partial<Words>;
  /** the addresses of the data that is spoken from: the first, and the rest once another screen has been wanted */
  labels: string[];
}

let now = $state.raw<Spoken>({ language: 'fi', words: {}, labels: [] });
/** set once a screen other than the first has been wanted */
let rest: Promise<void> | null = null;

/** The words of the language spoken now; reading one in a template keeps it current. */
export const words: Words = new Proxy({} as Words, {
  get: (_, area) => {
    const found = now.words[area as keyof Words];
    if (found === undefined) throw new Error(`words are not here yet: ${String(area)}`);
    return found;
  },
});

export function labelUrls(): string[] {
  return now.labels;
}

export function language(): Language {
  return now.language;
}

/** Changes the language of every screen; what is being typed stays. */
export async function setLocale(chosen: Language): Promise<void> {
  const one = await loads[chosen].first();
  const other = rest === null ? null : await loads[chosen].rest();
  const labels = [one.labels, ...(other === null ? [] : [other.labels])];
  now = { language: chosen, words: { ...one.first, ...other?.rest }, labels };
  document.documentElement.lang = chosen;
}

/** Before any screen but the first: the words that it needs. */
export function loadAllWords(): Promise<void> {
  return (rest ??= addRest());
}

async function addRest(): Promise<void> {
  try {
    const { language } = now;
    const more = await loads[language].rest();
    // Another language chosen meanwhile has brought its own.
    if (now.language !== language) return;
    now = { ...now, words: { ...now.words, ...more.rest }, labels: [...now.labels, more.labels] };
  } catch (error) {
    rest = null;
    throw error;
  }
}

export function isLanguage(value: unknown): value is Language {
  return languages.some((one) => one === value);
}

/** What the browser asks for, Finnish where it asks for something else. */
export function browserLanguage(asked: readonly string[] = navigator.languages): Language {
  return asked.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'fi';
}
