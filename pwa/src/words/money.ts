/** Cents and months as people write them. */

import { language, type Language } from './index.svelte.ts';

const tags: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-FI' };

/** "512,40 €"; whole euros without decimals */
export function euros(cents: number): string {
  return new Intl.NumberFormat(tags[language()], {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(cents / 100);
}

/** "marraskuu 2026" of its first day; "marraskuu" in the year of `today` */
export function monthName(day: string, today = ''): string {
  const month = new Date(`${day}T12:00:00Z`);
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return new Intl.DateTimeFormat(tags[language()], { month: 'long', year }).format(month);
}
