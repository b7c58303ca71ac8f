/** Values of records as people read them: in the outbox, in the history, beside each other when they differ. */

import { countedIn } from '../domain/counted.ts';
import { asParts, itemsOf, partText, shownValue, splitPath } from '../domain/records.ts';
import { kindOf, type Field } from '../kinds/declared.ts';
import { fieldAt } from '../kinds/fields.ts';
import type { Json, RecordView } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { kindWord, labelOf } from './catalogue.svelte.ts';
import { words } from './index.svelte.ts';
import { euros, monthName } from './money.ts';
import { format } from './format.svelte.ts';

/** What only the screen knows: the names of people, and what other records are called. */
export interface Names {
  person: (id: string) => string;
  record?: (kind: string, id: string) => string | null;
  /** what is counted until today is counted by it */
  today?: string;
}

export function kindName(kind: string): string {
  return kindWord(`${kind}.@name`) ?? words.fields.unknownKind;
}

/** What falls due, in words: "Tarkista riski ja sovitut keinot" */
export function deadlineName({ kind, cause }: { kind: string; cause: string }): string {
  return kindWord(`${kind}.~${cause}`) ?? own(words.reminders.kinds, cause) ?? kindName(kind);
}

/** "Kirjaus", "Tarkistuskohta: Arjen taidot" */
export function fieldName(kind: string, path: string, names?: Names): string {
  const [field, item] = splitPath(path);
  if (field === 'removed') return words.fields.removed;
  const name = kindWord(`${kind}.${field}`) ?? field;
  const called = item === null ? '' : itemName(kind, field, item, names);
  return called ? `${name}: ${called}` : name;
}

/** What the key of an item stands for; '' where it says nothing to people. */
function itemName(kind: string, field: string, item: string, names?: Names): string {
  const key = own(kindOf(kind)?.fields, field)?.key;
  if (key?.catalogue !== undefined) return labelOf(key.catalogue, item);
  if (key?.kind === undefined || names === undefined) return '';
  return key.kind === 'person' ? names.person(item) : (names.record?.(key.kind, item) ?? '');
}

/** Each item of a map in words: "Home: seen in the kitchen". */
export function itemTexts(record: RecordView, field: string, names: Names): string[] {
  const of = own(kindOf(record.kind)?.fields, field)?.of;
  const items = [...itemsOf(record, field)].sort(([a], [b]) => (a < b ? -1 : 1));
  return items
    .filter(([, value]) => value !== false)
    .map(([item, value]) => {
      const name = itemName(record.kind, field, item, names);
      // A ticked code says by itself that it is so.
      const parts = name === '' || of?.parts === undefined ? value : withoutYes(asParts(value));
      const said = value === true ? '' : textOfField(`${record.kind}.${field}`, of, parts, names);
      const after = name.endsWith('?') ? ' ' : ': ';
      return [name, said].filter((one) => one !== '' && one !== words.fields.empty).join(after);
    })
    .filter((text) => text !== '');
}

const withoutYes = (parts: Record<string, Json>) =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== true));

/** The text of a value; a structured value in one line. */
export function valueText(kind: string, path: string, value: Json, names: Names): string {
  const [name] = splitPath(path);
  if (name === 'removed') {
    if (value === null) return words.fields.broughtBack;
    return [words.fields.removed, voidText(value)].filter(Boolean).join(' · ');
  }
  return textOfField(`${kind}.${name}`, fieldAt(kind, path), value, names);
}

/** Why something was removed, where somebody said so. */
export function voidText(removed: Json): string {
  const [why, said] = [partText(asParts(removed), 'why'), partText(asParts(removed), 'words')];
  return [why && labelOf('void_reason', why), said].filter(Boolean).join(' · ');
}

function textOfField(key: string, field: Field | undefined, value: Json, names: Names): string {
  if (value === null || value === '') return words.fields.empty;
  if (typeof value === 'boolean') return yesNo(key, value);
  if (typeof value === 'number') return numberText(field, value);
  if (typeof value === 'string') return lineText(key, field, value, names);
  if (Array.isArray(value)) {
    const texts = value.map((item) => textOfField(key, field, item, names));
    return texts.join(', ') || words.fields.empty;
  }
  return partsText(key, field, value, names);
}

function yesNo(key: string, value: boolean): string {
  const own = kindWord(`${key}=${value ? 'yes' : 'no'}`);
  return own ?? (value ? words.fields.yes : words.fields.no);
}

function numberText(field: Field | undefined, value: number): string {
  if (field?.unit === 'cents') return euros(value);
  if (field?.unit === 'year') return String(value);
  return field?.unit === undefined ? format.number(value) : `${value} ${field.unit}`;
}

function lineText(key: string, field: Field | undefined, value: string, names: Names): string {
  if (field?.catalogue !== undefined) return labelOf(field.catalogue, value);
  if (field?.type === 'choice') return kindWord(`${key}=${value}`) ?? value;
  if (field?.kind === 'person') return names.person(value);
  if (field?.kind !== undefined) {
    return names.record?.(field.kind, value) ?? words.shell.notVisible;
  }
  if (field?.unit === 'month') return monthName(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.date(value);
  if (/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value)) return format.dayAndClock(value);
  return value;
}

/** By the sentence that the declaration gives it. */
function partsText(
  key: string,
  field: Field | undefined,
  value: Record<string, Json>,
  names: Names,
): string {
  const [kind] = key.split('.');
  const text = (name: string) => partText(value, name);
  const [first] = field?.sentence ?? [];
  if (first === undefined && field?.parts === undefined) return text('text') ?? anyText(value);
  if (first === 'span') return spanText(text('start'), text('end'));
  if (first === 'period') return `${dateText(text('start'))}–${dateText(text('end'))}`;
  const pieces = (field?.sentence ?? Object.keys(field?.parts ?? {})).map((name) =>
    name.startsWith('@')
      ? kindWord(`${kind}.${name}`)
      : partOf(`${key}.${name}`, own(field?.parts, name), own(value, name) ?? null, names),
  );
  return pieces.filter(Boolean).join(' · ');
}

/** A yes or no that was never said is a no: in words of its own, or by its name. Others that say nothing are left out. */
function partOf(key: string, part: Field | undefined, value: Json, names: Names): string {
  if (part?.type === 'yes_no') {
    const own = kindWord(`${key}=${value === true ? 'yes' : 'no'}`);
    return own ?? (value === true ? (kindWord(key) ?? words.fields.yes) : '');
  }
  if (value === null || value === '') return '';
  const text = textOfField(key, part, value, names);
  // A number among other words says what it counts.
  const label = part?.type === 'whole' ? kindWord(key) : undefined;
  return label === undefined ? text : `${label} ${text}`;
}

function spanText(start: string | null, end: string | null): string {
  if (start === null) return words.fields.empty;
  return end === null
    ? format.dayAndClock(start)
    : `${format.day(start)} ${format.span(start, end)}`;
}

function dateText(date: string | null): string {
  return date === null ? '' : format.date(date);
}

/** A structure from a newer server: its texts, in order. */
function anyText(value: Json): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const items = Array.isArray(value) ? value : Object.values(asParts(value));
  return items.map(anyText).filter(Boolean).join(' · ');
}

/** What a record is called among others: a goal by its own title, most by their kind. */
export function recordName(record: RecordView, names: Names): string {
  return sentenceBy('@title', record, names) || kindName(record.kind);
}

/** "Tavoite: Vuokra maksetaan ajallaan" */
export function titleOf(record: RecordView, names: Names): string {
  const own = sentenceBy('@title', record, names);
  return [kindName(record.kind), own].filter(Boolean).join(': ');
}

/** A record in one sentence, as its kind's words form it. */
export function rowText(record: RecordView, names: Names): string {
  return sentenceBy('@row', record, names);
}

/** "142 päivää"; '' where it has not begun. */
export function countText(record: RecordView, name: string, { today = '' }: Names): string {
  const counted = countedIn(record, name, today);
  if (counted === null) return '';
  const isNights = own(kindOf(record.kind)?.counts, name)?.unit === 'nights';
  return isNights ? words.kind.nights(counted) : words.kind.days(counted);
}

/** what parted two pieces of which one says nothing */
const LOOSE_DOTS = /^(?:\s*·\s*)+|(?:\s*·\s*)+$/g;
const OPTIONAL = /\[([^\]]*)\]/g;
const PLACEHOLDER = /\{(\w+)\}/g;

/** `{field}` is what it says; what stands in `[…]` is left out where one of its fields says nothing. */
function sentenceBy(word: string, record: RecordView, names: Names): string {
  const form = kindWord(`${record.kind}.${word}`) ?? '';
  const said = (name: string) => {
    if (own(kindOf(record.kind)?.counts, name)) return countText(record, name, names);
    if (own(kindOf(record.kind)?.fields, name)?.type === 'map') {
      return itemTexts(record, name, names).join(', ');
    }
    const value = shownValue(record, name);
    return value === null ? '' : valueText(record.kind, name, value, names);
  };
  const filled = (part: string) => part.replace(PLACEHOLDER, (_, name: string) => said(name));
  const sentence = filled(
    form.replace(OPTIONAL, (_, part: string) =>
      [...part.matchAll(PLACEHOLDER)].every(([, name = '']) => said(name) !== '')
        ? filled(part)
        : '',
    ),
  );
  return sentence.replace(LOOSE_DOTS, '');
}

/** A checklist item's label: `strong.everyday_practice` stands under its phase, `home_care.cleaning` under its area. */
export function tickLabel(item: string): string {
  return labelOf('checklist_item', item);
}
