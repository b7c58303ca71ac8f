/**
 * What of a refused entry can be fixed, and how (E5): every value that the server may refuse has a field, by what it looks like
 * and by what its kind declares. Pure.
 */

import { asParts } from '../../domain/records.ts';
import { wholeOf } from '../../forms/numbers.ts';
import { withParts } from '../../forms/baseline.ts';
import { spanValue, timesOf, type Times } from '../../forms/times.ts';
import { own } from '../../rules/own.ts';
import { wallOf } from '../../rules/time.ts';
import { instantAt } from '../../domain/wall_clock.ts';
import { fieldAt, isWritten } from '../../kinds/fields.ts';
import type { Json, OutboxEntry } from '../../model/engine.ts';

/** One field of the form. `part`: of a value of several parts, the one that is fixed. */
export interface FixableField {
  path: string;
  part: string | null;
  input:
    | { sort: 'text'; text: string }
    | { sort: 'day'; day: string }
    | { sort: 'moment'; day: string; clock: string; of: string }
    | { sort: 'times'; times: Times }
    | { sort: 'whole'; typed: string }
    | { sort: 'code'; list: string; code: string | null }
    | { sort: 'codes'; list: string; codes: string[] };
  /** left out of what is sent: for what has no other way */
  leftOut: boolean;
}

/** A refused entry in its form. Drafts of an older release hold `texts` only. */
export interface FixInput {
  fields: FixableField[];
}

export function fixInputOf({ kind, set, problem }: OutboxEntry): FixInput {
  const faulty = new Set(Object.keys(problem?.fields ?? {}));
  const fields = Object.entries(set).flatMap(([path, value]) => {
    const isText = typeof value === 'string' && isWritten(kind, path);
    if (isText) return [fieldOf(kind, path, null, value)];
    return faulty.has(path) ? fieldsOf(kind, path, value) : [];
  });
  return { fields };
}

function fieldsOf(kind: string, path: string, value: Json): FixableField[] {
  const parts = Object.entries(asParts(value));
  const { start, end } = asParts(value);
  const isSpan =
    ['plan', 'actual'].includes(path) && typeof start === 'string' && typeof end === 'string';
  if (parts.length === 0 || isSpan) return [fieldOf(kind, path, null, value)];
  const typed = parts.filter(([, part]) => typeof part === 'string' || typeof part === 'number');
  if (typed.length === 0) return [fieldOf(kind, path, null, null)];
  return typed.map(([name, part]) => fieldOf(kind, path, name, part));
}

const DAY = /^\d{4,}-\d\d-\d\d$/;
const MOMENT = /^\d{4,}-\d\d-\d\dT/;

function fieldOf(kind: string, path: string, part: string | null, value: Json): FixableField {
  return { path, part, input: inputOf(kind, path, part, value), leftOut: false };
}

function inputOf(
  kind: string,
  path: string,
  part: string | null,
  value: Json,
): FixableField['input'] {
  const whole = fieldAt(kind, path);
  const list = (part === null ? whole : own(whole?.parts, part))?.catalogue ?? null;
  const { start, end } = asParts(value);
  if (typeof start === 'string' && typeof end === 'string') {
    return { sort: 'times', times: timesOf({ start, end }) };
  }
  if (Array.isArray(value) && list !== null) return { sort: 'codes', list, codes: textsOf(value) };
  if (typeof value === 'number') return { sort: 'whole', typed: String(value) };
  const text = typeof value === 'string' ? value : '';
  if (list !== null) return { sort: 'code', list, code: text };
  if (DAY.test(text)) return { sort: 'day', day: text };
  if (MOMENT.test(text)) return { sort: 'moment', ...wallOf(text), of: text };
  return { sort: 'text', text };
}

function textsOf(values: Json[]): string[] {
  return values.filter((one) => typeof one === 'string');
}

/** The value as it was fixed; `before` where nothing was changed. */
export function fixedValue({ input, leftOut }: FixableField, before: Json): Json {
  if (leftOut) return null;
  switch (input.sort) {
    case 'text':
      return input.text === '' && typeof before !== 'string' ? before : input.text;
    case 'day':
      return input.day || null;
    case 'moment':
      return sameWall(input) ? input.of : instantAt(input.day, input.clock) || null;
    case 'times':
      return spanValue(input.times, before);
    case 'whole':
      return wholeOf(input.typed);
    case 'code':
      return input.code || null;
    case 'codes':
      return input.codes;
  }
}

function sameWall({ day, clock, of }: { day: string; clock: string; of: string }): boolean {
  const wall = wallOf(of);
  return wall.day === day && wall.clock === clock;
}

/** The whole entry as it is sent again. */
export function fixedSet(set: OutboxEntry['set'], { fields }: FixInput): OutboxEntry['set'] {
  const fixed = { ...set };
  for (const field of fields) {
    const before = own(fixed, field.path) ?? null;
    fixed[field.path] =
      field.part === null
        ? fixedValue(field, before)
        : withParts(before, {
            [field.part]: fixedValue(field, own(asParts(before), field.part) ?? null),
          });
  }
  return fixed;
}
