/** Whether a client who is being entered is likely here already. It is said while typing, and never stops anybody. Pure. */

import { nameAlone } from './namesakes.ts';
import { distance } from 'fastest-levenshtein';
import type { CaseSummary } from '../model/engine.ts';
import { fold } from './folding.ts';

/** What has been typed of the new client; empty where nothing has. */
export interface Entered {
  case: string;
  name: string;
  birthYear: number | null;
  phone: string;
}

/** The last digits tell numbers apart, whether they begin with +358 or 0. */
const PHONE_DIGITS = 7;
/** so many letters more, fewer or others are a slip; two letters in the wrong order are two */
const SLIPS_MAX = 2;
const SLIPS_SHORT_MAX = 1;
const SHORT_NAME_CHARS = 8;
const BIRTH_YEARS_APART_MAX = 1;

/** Those whose phone is the same, or whose name is the same or spelled a little differently, in any of their files (H7). */
export function likeClients(entered: Entered, clients: readonly CaseSummary[]): CaseSummary[] {
  const name = partsOf(entered.name);
  const phone = lastDigits(entered.phone);
  const isLikeFile = (file: CaseSummary) =>
    (phone !== null && phone === lastDigits(file.phone ?? '')) ||
    (isNearYear(entered.birthYear, file.birthYear ?? null) && isLike(name, nameAlone(file)));
  return clients.filter((client) => {
    const files = [client, ...(client.duplicates ?? [])];
    return files.every((file) => file.case !== entered.case) && files.some(isLikeFile);
  });
}

function isNearYear(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) <= BIRTH_YEARS_APART_MAX;
}

/** Both names have been typed; they may stand in either order. */
function isLike(name: string[], other: string): boolean {
  if (name.length < 2) return false;
  const [typed, known] = [name.join(' '), partsOf(other).join(' ')];
  const isShort = Math.min(typed.length, known.length) <= SHORT_NAME_CHARS;
  return distance(typed, known) <= (isShort ? SLIPS_SHORT_MAX : SLIPS_MAX);
}

/** Folded and in order, so that "Virtanen Aino" is "Aino Virtanen". */
function partsOf(name: string): string[] {
  return fold(name)
    .split(' ')
    .filter((part) => part !== '')
    .sort();
}

function lastDigits(phone: string): string | null {
  const digits = phone.replace(/\D/gu, '');
  return digits.length < PHONE_DIGITS ? null : digits.slice(-PHONE_DIGITS);
}
