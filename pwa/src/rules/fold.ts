/** The folding of all finding (F1). Pure; twin of `server/rules/fold.py`. */

import { own } from './own.ts';

/** Hyphens, apostrophes of every kind, and what is not seen: soft hyphen, zero width, BOM, bidi marks. */
export const UNSEEN = /[\p{Cf}\p{Pd}\u2212'`´‘’‛′ʹʻʼʽʾʿˈ＇]/gu;
const MARKS = /[\p{M}\p{Cf}\p{Pd}\u2212']/gu;
/** Letters whose mark is part of the letter, so that Unicode does not take it apart. */
const PLAIN: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ɗ: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ǥ: 'g',
  ƙ: 'k', ɓ: 'b', ʒ: 'z', ƶ: 'z', ə: 'a', ɛ: 'e', ɔ: 'o', ʉ: 'u', ς: 'σ',
}; // prettier-ignore
const LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
const DIGITS = /[٠-٩۰-۹]/gu;
const SIMPLE = /^[\n -&(-,.-_a-~]*$/u;

/** Lower case, without marks, dots, ligatures, hyphens, apostrophes and what is not seen; digits are 0–9. */
export function fold(text: string): string {
  if (SIMPLE.test(text)) return text.toLowerCase();
  return text
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(LETTERS, (letter) => own(PLAIN, letter) ?? letter)
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}
