/** One field of a declared form: what it holds as it is typed, what that means, and what is wrong with it. Pure. */

import { asParts } from '../domain/records.ts';
import { momentsAt } from '../domain/wall_clock.ts';
import type { Field } from '../kinds/declared.ts';
import type { Json } from '../model/engine.ts';
import { isDay } from '../rules/dates.ts';
import { own } from '../rules/own.ts';
import { wallOf } from '../rules/time.ts';
import { isTooLong } from './numbers.ts';

export type Typed = string | string[] | boolean;

/** By the field's name; a part by `field.part`, the day and the clock of a moment by `field.day` and `field.clock`. */
export type TypedFields = Record<string, Typed>;

/** The word of `server/kinds/faults.py`, for what nobody could store. */
export type FieldFault = 'invalid' | `too_long:${number}` | `out_of_range:${number}:${number}`;

/** A fault stands at the field, or at the part of it, that it is about. */
type Read = { value: Json } | { fault: FieldFault; at: string };

export function typedOf(key: string, field: Field, value: Json): TypedFields {
  switch (field.type) {
    case 'parts': {
      const parts = asParts(value);
      const all = Object.entries(field.parts ?? {}).map(([name, part]) =>
        typedOf(`${key}.${name}`, part, own(parts, name) ?? null),
      );
      return Object.assign({}, ...all) as TypedFields;
    }
    case 'instant': {
      const wall = typeof value === 'string' ? wallOf(value) : { day: '', clock: '' };
      const was = typeof value === 'string' ? value : '';
      return { [`${key}.day`]: wall.day, [`${key}.clock`]: wall.clock, [`${key}.was`]: was };
    }
    case 'yes_no':
      return { [key]: value === true };
    case 'codes':
      return { [key]: Array.isArray(value) ? value.map(String) : [] };
    case 'whole':
      return { [key]: typeof value === 'number' ? typedNumber(field, value) : '' };
    case 'date': {
      const day = typeof value === 'string' ? value : '';
      return { [key]: field.unit === 'month' ? day.slice(0, 7) : day };
    }
    case 'line':
    case 'text':
    case 'code':
    case 'choice':
    case 'reference':
    case 'id':
    case 'map':
    case 'strokes':
      return { [key]: typeof value === 'string' ? value : '' };
  }
}

function typedNumber({ unit }: Field, value: number): string {
  if (unit !== 'cents') return String(value);
  const cents = String(value % 100).padStart(2, '0');
  return `${Math.trunc(value / 100)}${cents === '00' ? '' : `,${cents}`}`;
}

/** What is typed means this; a fault where it means nothing. */
export function readField(key: string, field: Field, typed: TypedFields): Read {
  const said = own(typed, key);
  const text = typeof said === 'string' ? said.trim() : '';
  switch (field.type) {
    case 'parts':
      return readParts(key, field, typed);
    case 'instant':
      return readMoment(key, typed);
    case 'yes_no':
      // A no that nobody has said is no answer.
      return { value: said === true || null };
    case 'codes':
      return { value: Array.isArray(said) && said.length > 0 ? said : null };
    case 'whole':
      return text === '' ? { value: null } : readNumber(key, field, text);
    case 'date':
      return readDay(key, field, text);
    case 'line':
    case 'text':
    case 'code':
    case 'choice':
    case 'reference':
    case 'id':
    case 'map':
    case 'strokes':
      return isTooLong(text, field.max ?? Infinity)
        ? { fault: `too_long:${field.max ?? 0}`, at: key }
        : { value: text || null };
  }
}

function readParts(key: string, field: Field, typed: TypedFields): Read {
  const parts: Record<string, Json> = {};
  for (const [name, part] of Object.entries(field.parts ?? {})) {
    const read = readField(`${key}.${name}`, part, typed);
    if ('fault' in read) return read;
    if (read.value !== null) parts[name] = read.value;
  }
  return { value: Object.keys(parts).length > 0 ? parts : null };
}

/** The moment that stood there stays, also in the hour that the autumn night has twice. */
function readMoment(key: string, typed: TypedFields): Read {
  const [day, clock, was] = ['day', 'clock', 'was'].map((part) =>
    String(typed[`${key}.${part}`] ?? ''),
  ) as [string, string, string];
  if (day === '' && clock === '') return { value: null };
  if (was !== '' && wallOf(was).day === day && wallOf(was).clock === clock) return { value: was };
  const isWhole = isDay(day) && /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(clock);
  const [moment] = isWhole ? momentsAt(day, clock) : [];
  return moment === undefined ? { fault: 'invalid', at: key } : { value: moment };
}

function readDay(key: string, { unit }: Field, text: string): Read {
  if (text === '') return { value: null };
  const day = unit === 'month' ? `${text}-01` : text;
  return isDay(day) ? { value: day } : { fault: 'invalid', at: key };
}

function readNumber(key: string, field: Field, text: string): Read {
  const { unit, min = 0, max = Number.MAX_SAFE_INTEGER } = field;
  const plain = text.replace(/[\s€]/gu, '').replace(',', '.');
  const shape = unit === 'cents' ? /^\d{1,12}(?:\.\d{1,2})?$/u : /^\d{1,15}$/u;
  if (!shape.test(plain)) return { fault: 'invalid', at: key };
  const value = unit === 'cents' ? Math.round(Number(plain) * 100) : Number(plain);
  const shown = unit === 'cents' ? 100 : 1;
  return value < min || value > max
    ? { fault: `out_of_range:${min / shown}:${max / shown}`, at: key }
    : { value };
}
