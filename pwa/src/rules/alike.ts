/** Whether two clients are likely one person, who was entered twice (H9). Pure; twin of `server/rules/alike.py`. */

import { distance } from 'fastest-levenshtein';
import { fold } from './fold.ts';

/** By what a client is recognised. `name`: its parts folded and in order; `phone`: its last digits. */
interface Likeness {
  name: string;
  birth_year: number | null;
  phone: string | null;
}

/** The last digits tell numbers apart, whether they begin with +358 or 0. */
const PHONE_DIGITS = 7;
/** so many letters more, fewer or others are a slip; two letters in the wrong order are two */
const SLIPS_MAX = 2;
const SLIPS_SHORT_MAX = 1;
const SHORT_NAME_CHARS = 8;
const BIRTH_YEARS_APART_MAX = 1;

/** Folded and in order, so that "Virtanen Aino" is "Aino Virtanen". */
export function likenessOf(name: string, birthYear: number | null, phone: string): Likeness {
  const parts = fold(name)
    .split(' ')
    .filter((part) => part !== '')
    .sort();
  return { name: parts.join(' '), birth_year: birthYear, phone: lastDigits(phone) };
}

/** The same phone, or a name that is the same or spelled a little differently, of people about as old. */
export function areAlike(entered: Likeness, known: Likeness): boolean {
  if (entered.phone !== null && entered.phone === known.phone) return true;
  return isNearYear(entered.birth_year, known.birth_year) && isNearName(entered.name, known.name);
}

function isNearYear(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) <= BIRTH_YEARS_APART_MAX;
}

/** Both names have been entered. */
function isNearName(entered: string, known: string): boolean {
  if (!entered.includes(' ')) return false;
  const isShort = Math.min(entered.length, known.length) <= SHORT_NAME_CHARS;
  return distance(entered, known) <= (isShort ? SLIPS_SHORT_MAX : SLIPS_MAX);
}

function lastDigits(phone: string): string | null {
  const digits = phone.replace(/\D/gu, '');
  return digits.length < PHONE_DIGITS ? null : digits.slice(-PHONE_DIGITS);
}
