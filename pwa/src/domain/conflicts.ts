/**
 * Differing entries: two people wrote the same thing without having seen each other's value. A person settles it, and the change
 * that settles names every value that was on the screen (M10), so nothing that came meanwhile is replaced unseen.
 */

import { fieldAt, isJoined } from '../kinds/fields.ts';
import { canonical } from '../rules/merge.ts';
import type { Edit, Json, RecordView } from '../model/engine.ts';
import type { Version } from '../rules/merge.ts';
import { asParts, differingValues, partText } from './records.ts';

/** One of the values that stand side by side, with everybody who wrote it. */
export interface Side {
  value: Json;
  author: string;
  /** milliseconds */
  at: number;
  versions: Version[];
}

export interface Difference {
  path: string;
  /** the oldest first */
  sides: Side[];
  /** what *Pidä molemmat* would keep; `null` where only one of the values can be true */
  both: Json;
  /** the texts of the sides, where they are texts: their words are compared, and both can be edited into one */
  texts: string[] | null;
}

/** A note, or a line? */
export function isLongText(kind: string, path: string): boolean {
  return fieldAt(kind, path)?.type === 'text';
}

export function differenceOf(record: RecordView, path: string): Difference | null {
  const groups = differingValues(record, path);
  if (groups.length < 2) return null;
  const sides = groups.map(sideOf).sort((a, b) => a.at - b.at);
  const values = sides.map((side) => side.value);
  return {
    path,
    sides,
    both: bothOf(record.kind, path, values),
    texts: textsOf(record.kind, path, values),
  };
}

/** The one who wrote a value first is named; an equal value later adds nothing. */
function sideOf(versions: Version[]): Side {
  const [first, ...rest] = versions as [Version, ...Version[]];
  const oldest = rest.reduce((old, one) => (one.rank < old.rank ? one : old), first);
  return {
    value: oldest.value,
    author: oldest.author,
    at: Number(oldest.rank.slice(0, 13)),
    versions,
  };
}

/** Both values in one: texts one after the other, lists united. Codes, times and numbers can only be chosen between. */
function bothOf(kind: string, path: string, values: Json[]): Json {
  const texts = textsOf(kind, path, values);
  if (texts !== null) return joinedText(texts, isLongText(kind, path));
  if (values.every((value) => Array.isArray(value))) return united(values);
  return joinedParts(fieldAt(kind, path)?.joins, values);
}

function textsOf(kind: string, path: string, values: Json[]): string[] | null {
  if (!isJoined(kind, path)) return null;
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  return texts.length === values.length ? (texts as string[]) : null;
}

function joinedText(texts: string[], long: boolean): string {
  return texts.map((text) => text.trim()).join(long ? '\n\n' : ' / ');
}

function united(lists: Json[][]): Json[] {
  return [...new Map(lists.flat().map((item) => [canonical(item), item])).values()];
}

/** A step that two people worded differently keeps both wordings and its place. */
function joinedParts(name: string | undefined, values: Json[]): Json {
  if (name === undefined) return null;
  const all = values.map(asParts);
  const texts = all.map((parts) => partText(parts, name));
  if (texts.some((text) => text === null) || new Set(texts).size < 2) return null;
  return { ...all[0], [name]: texts.join(' / ') };
}

/** The change that settles: the chosen value, having seen every value that was displayed. */
export function settlementOf(record: RecordView, difference: Difference, value: Json): Edit {
  const { path, sides } = difference;
  const displayed = sides.flatMap((side) => side.versions.map((one) => one.change));
  return {
    record: record.id,
    kind: record.kind,
    case: record.case,
    set: { [path]: value },
    seen: { [path]: displayed },
  };
}

/** A side's text in words, those marked that the other side lacks. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Beyond this many words on a side the comparison costs more than it shows: both texts stand unmarked. */
const COMPARED_WORDS_MAX = 1500;

/** Both texts cut into pieces; what only one of them has is marked. Joined, the pieces are the text again. */
export function wordDifferences(a: string, b: string): [Piece[], Piece[]] {
  const left = wordsOf(a);
  const right = wordsOf(b);
  if (left.length > COMPARED_WORDS_MAX || right.length > COMPARED_WORDS_MAX) {
    return [[{ text: a, marked: false }], [{ text: b, marked: false }]];
  }
  const shared = commonWords(left, right);
  return [pieces(left, shared.left), pieces(right, shared.right)];
}

/** Words with the white space that follows them. */
function wordsOf(text: string): string[] {
  return text.match(/^\s+|\S+\s*/gu) ?? [];
}

/** Which words of each side belong to their longest common run (the classic table, filled from the end). */
function commonWords(left: string[], right: string[]): { left: Set<number>; right: Set<number> } {
  const width = right.length + 1;
  const longest = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  const same = (i: number, j: number) => left[i]?.trim() === right[j]?.trim();
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = same(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common = { left: new Set<number>(), right: new Set<number>() };
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (same(i, j)) {
      common.left.add(i);
      common.right.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}

function pieces(words: string[], common: Set<number>): Piece[] {
  const joined: Piece[] = [];
  words.forEach((text, index) => {
    const marked = !common.has(index);
    const last = joined.at(-1);
    if (last?.marked === marked) last.text += text;
    else joined.push({ text, marked });
  });
  return joined;
}
