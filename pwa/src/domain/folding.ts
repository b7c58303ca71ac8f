/**
 * One folding for all finding (F1): of two spellings that a person would call the same, both become one. What is typed becomes
 * `Wanted`, what is looked at a `Folded`; nobody compares raw text. Pure.
 */

import { fold, UNSEEN } from '../rules/fold.ts';

/** what Unicode has nothing to take apart in: most texts by far */
const LATIN = /^[\n -~À-ÿ]*$/u;

/** The same with its marks: what stands as it was typed comes before what only folds to it. */
export function asTyped(text: string): string {
  const seen = text.replace(UNSEEN, '');
  return (LATIN.test(seen) ? seen : seen.normalize('NFKC')).toLowerCase();
}

/** One word that was typed, or a number that was typed in several. */
export interface Wanted {
  /** in a folded text */
  pattern: RegExp;
  folded: string;
  typed: string;
  isNumber: boolean;
  /** the words of a number typed in several: they may also stand apart */
  apart: Wanted[];
}

const NUMBER = /^[+(]*\d[\d()+./]*$/u;
/** digits of so many may be written with blanks between them */
const SPACED_MIN = 4;
const NUMBER_MIN = 3;
/** so many digits are a phone number with or without what stands before it */
const PHONE_MIN = 6;
const BETWEEN = '[\\s()+./]{0,3}';

export function wantedOf(typed: string): Wanted[] {
  const words = wordsOf(typed);
  const wanted: Wanted[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const run = [words[at] ?? ''];
    while (isNumber(run[0]) && isNumber(words[at + 1])) run.push(words[(at += 1)] ?? '');
    const whole = wantedFrom(run.join(''));
    wanted.push(run.length > 1 ? { ...whole, apart: run.map(wantedFrom) } : whole);
  }
  return wanted;
}

function wordsOf(typed: string): string[] {
  return typed.split(/[\s,·]+/u).filter((word) => fold(word) !== '');
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && NUMBER.test(fold(word));
}

function wantedFrom(word: string): Wanted {
  const folded = fold(word);
  const isNumber = NUMBER.test(folded);
  const pattern = new RegExp(isNumber ? numberPattern(folded) : escaped(folded), 'gu');
  return { pattern, folded, typed: asTyped(word), isNumber, apart: [] };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}

/** A number however it is spaced; one of a Finnish phone with 0, +358, 00358 or +358 (0) before it. */
function numberPattern(typed: string): string {
  const digits = typed.replace(/\D/gu, '');
  if (digits.length < NUMBER_MIN) return escaped(typed);
  const abroad = /^(?:00)?3580*(\d*)$/u.exec(digits)?.[1] ?? '';
  const isAbroad = /^(?:\+|00)358/u.test(typed) ? abroad !== '' : abroad.length >= PHONE_MIN;
  const core = isAbroad ? abroad : /^0([1-9]\d+)$/u.exec(digits)?.[1];
  // A date's "1.12" is looked for as it was typed, too.
  if (core === undefined && digits.length < SPACED_MIN) return `${escaped(typed)}|${digits}`;
  if (core === undefined) return spaced(digits);
  const before = `(?:\\(?(?:\\+|00)?358${BETWEEN}0?${BETWEEN}|\\(?0${BETWEEN})`;
  return `${before}${core.length < PHONE_MIN ? '' : '?'}${spaced(core)}`;
}

function spaced(digits: string): string {
  return Array.from(digits).join(BETWEEN);
}

/** Is it somewhere in this folded text? */
export function isIn(wanted: Wanted, text: string): boolean {
  if (text.search(wanted.pattern) >= 0) return true;
  return wanted.apart.length > 0 && wanted.apart.every((one) => isIn(one, text));
}

/** Does it stand there as it was typed? `text` is that of `asTyped`. */
export function isAsTyped(wanted: Wanted, text: string): boolean {
  return wanted.isNumber || text.includes(wanted.typed);
}

/** Where it stands in the original text, from and to. */
export function spansIn(wanted: Wanted, text: string): [from: number, to: number][] {
  const { folded, places } = mapped(text);
  const spans = (one: Wanted) =>
    [...folded.matchAll(one.pattern)].map(({ index, 0: { length } }): [number, number] => [
      places[index]?.[0] ?? 0,
      places[index + length - 1]?.[1] ?? 0,
    ]);
  const whole = spans(wanted);
  return whole.length > 0 ? whole : wanted.apart.flatMap(spans);
}

/** For each unit of the folded text where its letter begins and ends in the original, with the marks that follow it. */
function mapped(text: string): { folded: string; places: [from: number, to: number][] } {
  let folded = '';
  const places: [number, number][] = [];
  for (const { index, 0: letter } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const own = fold(letter);
    folded += own;
    for (let unit = 0; unit < own.length; unit += 1) places.push([index, index + letter.length]);
  }
  return { folded, places };
}

/** All that a word typed may begin: each word, its halves, and the digits of a code with and without leading zeros. */
export function beginnings(text: string, folding: (text: string) => string): string[] {
  const found = text.split(/[\s,·]+/u).flatMap((word) => {
    const halves = word.match(/[\p{L}\p{M}\p{Cf}]+|\p{N}+/gu) ?? [];
    return [word, ...halves].map(folding);
  });
  const bare = found.map((one) => one.replace(/(^|\D)0+(?=\d)/gu, '$1'));
  return [...new Set([...found, ...bare])].filter((one) => one !== '');
}
