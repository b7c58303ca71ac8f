/** Numbers and texts as they are typed, against the limits that the server has for them (E3). */

/** Characters as the server counts them: an emoji is one. */
export function charsOf(text: string): number {
  return Array.from(text).length;
}

export function isTooLong(text: string, max: number): boolean {
  // No text has more characters than code units.
  return text.length > max && charsOf(text) > max;
}

/** What was typed as a whole number; `null` for nothing, NaN for what is none. Drafts of an older release hold numbers. */
export function wholeOf(typed: string | number | null): number | null {
  const text = String(typed ?? '').trim();
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : NaN;
}

/** Empty, or a whole number from 0 to `max`. */
export function fits(typed: string, max: number): boolean {
  const number = wholeOf(typed);
  return number === null || number <= max;
}
