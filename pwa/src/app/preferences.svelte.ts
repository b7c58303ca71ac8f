/**
 * Language and theme: each person's own, kept sealed with their store. The last ones also lie in the open on the device,
 * for the lock screen; they say nothing of anybody.
 */

import { keepOpenly, readOpenly } from '../platform/in_the_open.ts';
import type { Engine } from '../model/engine.ts';
import { browserLanguage, isLanguage, setLocale, type Language } from '../words/index.svelte.ts';

export type Theme = 'system' | 'light' | 'dark';

/** [V5] */
export const LOCK_MINUTES = [2, 5] as const;
const LOCK_DEFAULT = 5;
/** [V5] at most, and only while a check-in is on */
export const WATCHED_LOCK_MINUTES = 15;

/** as `--paper` */
const barColours = { light: '#f7f3ea', dark: '#141816' };

let theme = $state<Theme>('system');
let lockMinutes = $state<number>(LOCK_DEFAULT);
let isLockedLater = false;

export const preferences = {
  get theme(): Theme {
    return theme;
  },
  get lockMinutes(): number {
    return lockMinutes;
  },
  /** without a sign of anybody, until it locks */
  get awayMinutes(): number {
    return isLockedLater ? WATCHED_LOCK_MINUTES : lockMinutes;
  },
};

/** [V5] A check-in is on whose person has asked for more time, or no longer is. */
export function lockLater(isLater: boolean): void {
  isLockedLater = isLater;
}

/** Before anybody has unlocked: as the device was last used, or as the browser asks. */
export async function takeLastUsed(): Promise<void> {
  const language = readOpenly('language');
  showTheme(readOpenly('theme'));
  await setLocale(isLanguage(language) ? language : browserLanguage());
}

/** As this person has chosen. */
export async function takeOwn(engine: Engine): Promise<void> {
  const [language, chosen, minutes] = await Promise.all(
    ['language', 'theme', 'lockMinutes'].map((name) => engine.preference(name)),
  );
  lockMinutes = LOCK_MINUTES.find((one) => one === minutes) ?? LOCK_DEFAULT;
  if (typeof chosen === 'string') showTheme(chosen);
  if (isLanguage(language)) await setLocale(language);
}

export async function chooseLanguage(engine: Engine | null, language: Language): Promise<void> {
  keepOpenly('language', language);
  await setLocale(language);
  await engine?.setPreference('language', language);
}

export async function chooseTheme(engine: Engine, chosen: Theme): Promise<void> {
  keepOpenly('theme', chosen);
  showTheme(chosen);
  await engine.setPreference('theme', chosen);
}

export async function chooseLockMinutes(engine: Engine, minutes: number): Promise<void> {
  lockMinutes = minutes;
  await engine.setPreference('lockMinutes', minutes);
}

function showTheme(chosen: string | null): void {
  theme = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  document.documentElement.dataset['theme'] = theme;
  // The window's own bars: each colour for its scheme, or the chosen one for both.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const scheme = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = barColours[theme === 'system' ? scheme : theme];
  }
}
