/**
 * Conditions over a record, as the declarations of the kinds have them: a word and what it is about (`["has", "status"]`). Pure.
 * Twin: `server/rules/conditions.py`, where the words are explained.
 */

import { isDay, isInstant } from './dates.ts';
import { own } from './own.ts';
import { addDays, instantOf, wallOf } from './time.ts';
import { isObject, type Json } from './json.ts';

type Condition = Json[];
/** a record's shown values, by path */
export type Values = Record<string, Json>;

export type Strength = 'asks' | 'warns' | 'derives';

/** What a condition is asked of. `others`: the case file's other records; `asking`: the one outside `other`. */
export interface About {
  values: Values;
  today: string;
  phase?: string | null;
  others?: readonly [kind: string, values: Values][];
  asking?: Values;
}

const DAY_CHARS = 10;
const HOUR_MS = 3_600_000;

/** The value of a field, or of one part of it; null where there is none. */
export function valueAt(values: Values, path: string): Json {
  const [field = '', part] = path.split('.');
  const value = own(values, field) ?? null;
  if (part === undefined) return value;
  return isObject(value) ? (own(value, part) ?? null) : null;
}

export function holds(condition: Condition, about: About): boolean {
  const word = condition[0] as string;
  const rest = condition.slice(1);
  const [first = null, second = null, third = null] = rest;
  switch (word) {
    case 'all':
      return rest.every((one) => holds(one as Condition, about));
    case 'any':
      return rest.some((one) => holds(one as Condition, about));
    case 'not':
      return !holds(first as Condition, about);
    case 'phase':
      return (first as Json[]).includes(about.phase ?? null);
    case 'other':
      return holdsOfAnother(first as string, second as Condition, about);
    case 'any_item':
      return itemsAt(about.values, first as string).some((item) =>
        holds(second as Condition, { ...about, values: item, asking: about.values }),
      );
    case 'before':
    case 'after':
      return inOrder(word, first, second, about);
    case 'count': {
      const count = countAt(about.values, first as string);
      return (second as number) <= count && count <= (third as number);
    }
    default:
      return holdsOfValue(word, valueAt(about.values, first as string), rest, about);
  }
}

/** A rule of a kind, as `kinds.json` has it. */
interface Rule {
  strength: Strength;
  name: string;
  holds: Condition;
  when?: Condition;
}

/** The names of the rules of a strength that are not met. */
export function unmet(rules: readonly Rule[], strength: Strength, about: About): string[] {
  return rules
    .filter(
      (rule) =>
        rule.strength === strength &&
        (rule.when === undefined || holds(rule.when, about)) &&
        !holds(rule.holds, about),
    )
    .map(({ name }) => name);
}

/** The items of a list, or those of a map that are not null. */
function countAt(values: Values, path: string): number {
  const value = own(values, path);
  if (Array.isArray(value)) return value.length;
  return Object.entries(values).filter(
    ([name, item]) => name.startsWith(`${path}/`) && item !== null,
  ).length;
}

/** The items of a map that are not null, each by its parts. */
function itemsAt(values: Values, path: string): Values[] {
  return Object.entries(values)
    .filter(([name, item]) => name.startsWith(`${path}/`) && item !== null)
    .map(([, item]) => (isObject(item) ? item : { value: item }));
}

/** The day in Finland of a day or a moment. */
export function dayInFinland(moment: Json): string | null {
  if (typeof moment !== 'string' || moment.length < DAY_CHARS) return null;
  if (moment.length === DAY_CHARS) return moment;
  return isInstant(moment) ? wallOf(moment).day : null;
}

function holdsOfValue(word: string, value: Json, rest: Json[], about: About): boolean {
  const [, first = null, second = null] = rest;
  switch (word) {
    case 'has':
      return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
    case 'is':
      return value !== null && value === (isObject(first) ? askedOf(first, about) : first);
    case 'one_of':
      return (Array.isArray(value) ? value : [value]).some((one) =>
        (first as Json[]).includes(one),
      );
    case 'within': {
      const day = dayInFinland(value);
      const from = (days: Json) => addDays(about.today, days as number);
      return day !== null && from(first) <= day && day <= from(second);
    }
    default:
      throw new Error(`no such word: ${word}`);
  }
}

const askedOf = ({ asking }: Record<string, Json>, about: About) =>
  valueAt(about.asking ?? {}, asking as string);

function holdsOfAnother(kind: string, where: Condition, about: About): boolean {
  return (about.others ?? []).some(
    ([itsKind, values]) =>
      itsKind === kind && holds(where, { ...about, values, asking: about.values }),
  );
}

/** Two moments by the moment, a day and anything by the day. */
function inOrder(word: string, first: Json, second: Json, about: About): boolean {
  let one = momentOf(first, about);
  let two = momentOf(second, about);
  if (one === null || two === null) return false;
  if (one.length !== two.length) [one, two] = [dayInFinland(one) ?? '', dayInFinland(two) ?? ''];
  return word === 'before' ? one < two : one > two;
}

function momentOf(operand: Json, about: About): string | null {
  if (isObject(operand)) {
    return 'today' in operand
      ? addDays(about.today, operand['today'] as number)
      : later(operand, about);
  }
  const path = operand as string;
  const value = path.startsWith('^')
    ? valueAt(about.asking ?? {}, path.slice(1))
    : valueAt(about.values, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** So many days or hours after what a field says. Hours after a day are none. */
function later(operand: Record<string, Json>, about: About): string | null {
  const moment = momentOf(operand['of'] ?? null, about);
  if ('days' in operand) {
    const day = dayInFinland(moment);
    return isDay(day) ? addDays(day, operand['days'] as number) : null;
  }
  if (!isInstant(moment)) return null;
  return instantOf(Date.parse(moment) + (operand['hours'] as number) * HOUR_MS);
}
