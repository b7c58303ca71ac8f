/** What is wrong with which field of a refused entry, as `server/kinds/faults.py` says it. */

import { own } from '../rules/own.ts';
import { charsOf, isTooLong } from './numbers.ts';
import type { TimesFault } from './times.ts';
import type { Json, Problem } from '../model/engine.ts';
import { words } from '../words/index.svelte.ts';
import { fieldName } from '../words/readable.ts';
import { format } from '../words/format.svelte.ts';

/** "liian pitkä (360 merkkiä, enintään 300)"; null where nothing is wrong with it, or no longer */
export function faultOf(problem: Problem | undefined, path: string, value: Json): string | null {
  const fault = own(problem?.fields, path)?.[0];
  if (fault === undefined) return null;
  const [word = '', ...limits] = fault.split(':');
  const [first = 0, second = 0] = limits.map(Number);
  const said = words.fields.faults;
  switch (word) {
    case 'too_long':
      return typeof value === 'string'
        ? tooLong(value, first)
        : said.partTooLong(format.number(first));
    case 'too_many':
      return said.tooMany(format.number(first));
    case 'out_of_range':
      return said.outOfRange(format.number(first), format.number(second));
    case 'not_offered':
      return said.notOffered;
    case 'not_in_calendar':
      return said.notInCalendar;
    case 'out_of_years':
      return said.outOfYears(String(first), String(second));
    default:
      return said.invalid;
  }
}

/** The same of what is typed in a form, as a sentence of its own: "Luvun pitää olla 1–60". */
export function faultText(fault: string): string {
  const [word, min = '0', max = '0'] = fault.split(':');
  const said = words.fields.faults;
  const limits = [min, max].map((limit) => format.number(Number(limit))) as [string, string];
  const text =
    word === 'out_of_range'
      ? said.outOfRange(...limits)
      : word === 'too_long'
        ? said.partTooLong(limits[0])
        : said.invalid;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** By characters, as the server counts. Null once it is short enough. */
function tooLong(text: string, max: number): string | null {
  return isTooLong(text, max)
    ? words.fields.faults.tooLong(format.number(charsOf(text)), format.number(max))
    : null;
}

/** At a field whose text is longer than `max`: what to do about it. */
export function textFault(text: string, max: number): string {
  return words.entries.textTooLong(format.number(charsOf(text)), format.number(max));
}

/** Why times cannot be saved. */
export function timesFaultText(fault: TimesFault | null): string {
  return words.caseFile.timesFaults[fault ?? 'missing'];
}

/** "Tavoite: liian pitkä (360 merkkiä, enintään 300)", for each field that it was refused for */
export function faultsOf(
  problem: Problem | undefined,
  kind: string,
  set: Record<string, Json>,
): string[] {
  // What is damaged in other ways says so itself, and nobody could fix a field of it.
  if (problem?.code !== 'value_invalid') return [];
  return Object.entries(set).flatMap(([path, value]) => {
    const fault = faultOf(problem, path, value);
    return fault === null ? [] : [`${fieldName(kind, path)}: ${fault}`];
  });
}
