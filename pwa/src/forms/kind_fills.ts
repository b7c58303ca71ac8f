/** What a declared form writes by itself, as long as its person has not: a day that follows from another, today, me. Pure. */

import { valueAt } from '../rules/conditions.ts';
import { own } from '../rules/own.ts';
import { addDays, dayOf, instantOf, type Day, type Instant } from '../rules/time.ts';
import { kindOf, type Field, type Fill } from '../kinds/declared.ts';
import type { Json } from '../model/engine.ts';
import { isDay, isInstant } from '../rules/dates.ts';
import { typedOf, type TypedFields } from './kind_fields.ts';
import { valuesWith, type KindInput } from './kind_form.ts';

/** What only the screen knows. */
interface FillAbout {
  today: Day;
  now: Instant;
  me: string;
  /** what the catalogue says of a code */
  attributeOf: (list: string, code: string, name: string) => Json;
}

/** `before`: the form as it stood, `null` where it has just been opened for a new record. */
export function withFills(before: KindInput | null, after: KindInput, about: FillAbout): KindInput {
  return (kindOf(after.kind)?.fills ?? []).reduce(
    (input, fill) => ({
      ...input,
      typed: { ...input.typed, ...filled(fill, before, input, about) },
    }),
    after,
  );
}

function filled(
  fill: Fill,
  before: KindInput | null,
  after: KindInput,
  about: FillAbout,
): TypedFields {
  const field = own(kindOf(after.kind)?.fields, fill.field);
  if (field === undefined) return {};
  const was = before === null ? null : valueOf(fill, before, about);
  const now = valueOf(fill, after, about);
  const isOurs = saysThe(fill.field, field, null, after) || saysThe(fill.field, field, was, after);
  return was !== now && now !== null && isOurs ? typedOf(fill.field, field, now) : {};
}

/** What stands in the form is this value. */
function saysThe(name: string, field: Field, value: Json, { typed }: KindInput): boolean {
  return Object.entries(typedOf(name, field, value)).every(
    ([key, one]) =>
      key.endsWith('.was') || (own(typed, key) ?? '') === one || (!own(typed, key) && !one),
  );
}

function valueOf({ value }: Fill, input: KindInput, about: FillAbout): Json {
  if (value.says !== undefined) return value.says;
  if (value.me) return about.me;
  if (value.now) return about.now;
  if (value.today !== undefined) return addDays(about.today, value.today);
  const said = valueAt(valuesWith(input, {}), value.of ?? '');
  if (typeof said !== 'string') return null;
  if (value.attribute !== undefined) {
    const list = own(kindOf(input.kind)?.fields, value.of ?? '')?.catalogue ?? '';
    return about.attributeOf(list, said, value.attribute);
  }
  if (value.days !== undefined) return laterDay(said, value.days);
  return isInstant(said) ? instantOf(Date.parse(said) + (value.hours ?? 0) * HOUR_MS) : null;
}

const HOUR_MS = 3_600_000;

function laterDay(said: string, days: number): Day | null {
  const day = isInstant(said) ? dayOf(said) : said;
  return isDay(day) ? addDays(day, days) : null;
}
