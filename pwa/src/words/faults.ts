/** What is wrong with which field of a refused entry, as `server/kinds/faults.py` says it. */

import type { Json, Problem } from '../store/engine.ts';
import { words } from './index.svelte.ts';
import { fieldName } from './readable.ts';
import { say } from './say.svelte.ts';

/** "liian pitkä (360 merkkiä, enintään 300)"; null where nothing is wrong with it, or no longer */
export function faultOf(problem: Problem | undefined, path: string, value: Json): string | null {
  const fault = problem?.fields?.[path]?.[0];
  if (fault === undefined) return null;
  const [word = '', ...limits] = fault.split(':');
  const [first = 0, second = 0] = limits.map(Number);
  const said = words.fields.faults;
  switch (word) {
    case 'too_long':
      return typeof value === 'string'
        ? tooLong(value, first)
        : said.partTooLong(say.number(first));
    case 'too_many':
      return said.tooMany(say.number(first));
    case 'out_of_range':
      return said.outOfRange(say.number(first), say.number(second));
    case 'not_offered':
      return said.notOffered;
    case 'not_in_calendar':
      return said.notInCalendar;
    default:
      return said.invalid;
  }
}

/** By characters, as the server counts. Null once it is short enough. */
function tooLong(text: string, max: number): string | null {
  const { length } = Array.from(text);
  return length > max ? words.fields.faults.tooLong(say.number(length), say.number(max)) : null;
}

/** "Tavoite: liian pitkä (360 merkkiä, enintään 300)", for each field that it was refused for */
export function faultsOf(problem: Problem | undefined, set: Record<string, Json>): string[] {
  // What is damaged in other ways says so itself, and nobody could mend a field of it.
  if (problem?.code !== 'value_invalid') return [];
  return Object.entries(set).flatMap(([path, value]) => {
    const fault = faultOf(problem, path, value);
    return fault === null ? [] : [`${fieldName(path)}: ${fault}`];
  });
}
