/**
 * Documents of the national structure, made from records by a declaration (Z12–Z17). Pure. Twin of `server/rules/documents.py`,
 * where it is said what a document is made of; `tests/vectors/documents.json` binds the two.
 */

import { dayInFinland, valueAt, type Values } from './conditions.ts';
import { isDay, isInstant } from './dates.ts';
import type {
  Declared,
  Document,
  Entry,
  DocumentField,
  Folded,
  Given,
  Lack,
  DocumentLanguage,
  MadeDocument,
  Source,
  Told,
} from './declared_documents.ts';
import { compared, eachOf, stands, valueIn, type DocumentScope } from './document_scope.ts';
import type { Json } from './json.ts';
import { own } from './own.ts';

type Found = [values: Json[], missing: Lack[]];

/** the code system of the documents themselves: a name that the declaration lacks stands in it */
const DOCUMENTS = '1506';
/** what parts words; other languages know other white space */
const SPACE = /[ \t\r\n\u00a0]+/g;

/** The key of a named field: lower case, ä and å as a, ö as o, spaces and hyphens as _, other signs dropped. */
export function keyOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äå]/g, 'a')
    .replaceAll('ö', 'o')
    .replace(/[ -]/g, '_')
    .replace(/[^a-z0-9_]/g, '');
}

/** A document of the declaration with the blocks that it uses in their place. */
export function documentOf(declared: Declared, key: string): Document {
  const form = declared.documents.find((one) => one.key === key);
  if (form === undefined) throw new Error(`none of the key ${key}`);
  return { ...form, fields: unfolded(form.fields, declared.blocks) };
}

function unfolded(fields: Folded[], blocks: Declared['blocks']): DocumentField[] {
  return fields.flatMap((field): DocumentField[] => {
    if ('use' in field) return unfolded(own(blocks, field.use) ?? [], blocks);
    const { fields: inner, ...rest } = field;
    return [inner === undefined ? rest : { ...rest, fields: unfolded(inner, blocks) }];
  });
}

interface Offered {
  key: string;
  record: string;
  day: string;
}

/** Which documents can be made from which records: in the order of the declaration, the latest first. */
export function offeredDocuments(declared: Declared, records: Told[]): Offered[] {
  return declared.documents.flatMap((form) =>
    records
      .filter(({ kind, values }) => kind === form.of && stands(values, form.when))
      .map(({ id, values }) => ({
        key: form.key,
        record: id,
        day: dayIn(form.day, values),
      }))
      .filter(({ day }) => day !== '')
      .sort((a, b) => compared(b.day, a.day) || compared(b.record, a.record)),
  );
}

function dayIn(paths: string[], values: Values): string {
  return paths.map((path) => daySaid(valueAt(values, path))).find((day) => day !== null) ?? '';
}

function daySaid(moment: Json): string | null {
  const day = dayInFinland(moment);
  return isDay(day) ? day : null;
}

/**
 * The document, and what is missing for it. `content` is null where something that it needs is missing. The identity code, which
 * is never stored here, is told as missing and keeps nothing back.
 */
export function madeDocument(form: Document, given: Given): MadeDocument {
  const { values } = given.record;
  const scope: DocumentScope = { given, form, day: dayIn(form.day, values), values };
  const name = nameIn(scope);
  const [content, lacking] = partsOf(form.fields, scope, []);
  const missing =
    name === null ? [lack([], 'name', true, { code: form.oid }), ...lacking] : lacking;
  const isWhole = !missing.some((one) => one.needed && one.why !== 'identity');
  return {
    name,
    day: scope.day,
    content: isWhole && name !== null ? { [keyOf(name.fi)]: content } : null,
    missing,
  };
}

/** As the structure calls it. A Swedish name that nobody has loaded is the Finnish one. */
function nameIn(scope: DocumentScope): Record<DocumentLanguage, string> | null {
  const entry = entryOf(scope, DOCUMENTS, scope.form.oid);
  const fi = scope.form.name ?? entry?.[1];
  return fi === undefined ? null : { fi, sv: entry?.[2] ?? fi };
}

/** What the fields say, by key, and what is missing among them. */
function partsOf(
  fields: DocumentField[],
  scope: DocumentScope,
  at: string[],
): [content: Record<string, Json>, missing: Lack[]] {
  const content: Record<string, Json> = {};
  let missing: Lack[] = [];
  for (const field of fields) {
    const [value, lacking] = valueOf(field, scope, [...at, field.name]);
    missing.push(...lacking);
    if (value !== null) content[keyOf(field.name)] = value;
  }
  // A field that another one can stand for is not missing where that one says something.
  for (const { name, instead } of fields) {
    if (instead === undefined || !Object.hasOwn(content, keyOf(instead))) continue;
    const replaced = JSON.stringify([...at, name]);
    missing = missing.filter((one) => JSON.stringify(one.at) !== replaced);
  }
  return [content, missing];
}

function valueOf(
  field: DocumentField,
  scope: DocumentScope,
  at: string[],
): [value: Json, missing: Lack[]] {
  if (field.identity) return [null, [lack(at, 'identity', true)]];
  const scopes = field.each === undefined ? [scope] : eachOf(field.each, scope);
  const values: Json[] = [];
  const missing: Lack[] = [];
  for (const one of scopes) {
    const [found, lacking] = field.fields ? groupOf(field, one, at) : leafOf(field, one, at);
    missing.push(...lacking);
    for (const value of found) {
      const text = JSON.stringify(value);
      if (!values.some((other) => JSON.stringify(other) === text)) values.push(value);
    }
  }
  if (values.length === 0 && field.required && !missing.some((one) => one.needed)) {
    missing.push(lack(at, 'empty', true));
  }
  if (field.repeat) return [values.length > 0 ? values : null, missing];
  return [values[0] ?? null, missing];
}

/** A group that says nothing is none. One that lacks what it needs is left out, where it is not needed itself. */
function groupOf(field: DocumentField, scope: DocumentScope, at: string[]): Found {
  const [content, missing] = partsOf(field.fields ?? [], scope, at);
  const isEmpty = Object.keys(content).length === 0;
  if (field.required) return [isEmpty ? [] : [content], missing];
  if (isEmpty) return [[], missing.filter((one) => !one.needed)];
  const lacks = missing.some((one) => one.needed && one.why !== 'identity');
  return [lacks ? [] : [content], missing.map((one) => (lacks ? { ...one, needed: false } : one))];
}

/** The first of its sources that says something. */
function leafOf(field: DocumentField, scope: DocumentScope, at: string[]): Found {
  let missing: Lack[] = [];
  for (const source of sourcesOf(field)) {
    const [found, lacking] = saidAs(field, source, scope, at);
    if (found.length > 0) return [found, lacking];
    if (missing.length === 0) missing = lacking;
  }
  return [[], missing];
}

function sourcesOf({ from = [] }: DocumentField): Source[] {
  const told = Array.isArray(from) ? from : [from];
  return told.map((one) => (typeof one === 'string' ? { path: one } : one));
}

function saidAs(field: DocumentField, source: Source, scope: DocumentScope, at: string[]): Found {
  const said = (value: Json | undefined): Found => [value === undefined ? [] : [value], []];
  switch (field.type) {
    case 'code':
      return codesOf(field, source, scope, at);
    case 'text':
    case 'name': {
      const text = textOf(source, scope);
      return said(text.replace(SPACE, '') === '' ? undefined : text);
    }
    case 'date': {
      const day = source.day ? scope.day : daySaid(valueIn(source, scope));
      return said(day || undefined);
    }
    case 'moment': {
      const moment = valueIn(source, scope);
      return said(isInstant(moment) ? moment : undefined);
    }
    case 'identifier': {
      const text = textOf(source, scope);
      return said(text === '' ? undefined : { value: text });
    }
    case undefined:
    default: {
      const yes = valueIn(source, scope);
      return said(typeof yes === 'boolean' ? yes : undefined);
    }
  }
}

function lack(at: string[], why: Lack['why'], needed: boolean, more: Partial<Lack> = {}): Lack {
  return { at, why, needed, ...more };
}

/** Our own codes as the nation's; one without a partner is named. */
function codesOf(field: DocumentField, source: Source, scope: DocumentScope, at: string[]): Found {
  const value = valueIn(source, scope);
  const found: Json[] = [];
  const missing: Lack[] = [];
  for (const each of Array.isArray(value) ? value : [value]) {
    if (each === null || each === '') continue;
    const ownCode = each === true ? 'yes' : each === false ? 'no' : written(each);
    const code = codedIn(field, source, scope, ownCode);
    if (code !== null) {
      found.push(code);
      continue;
    }
    const about = { catalogue: catalogueOf(source), code: ownCode, system: field.system ?? '' };
    missing.push(lack(at, 'code', field.required === true, about));
  }
  return [found, found.length > 0 ? missing.map((one) => ({ ...one, needed: false })) : missing];
}

const catalogueOf = (source: Source) => source.catalogue ?? source.choice ?? '';

function codedIn(
  field: DocumentField,
  source: Source,
  scope: DocumentScope,
  ownCode: string,
): Json {
  const { system = '' } = field;
  const code = partnerOf(system, source, scope, ownCode);
  if (code === null) return null;
  if (system === 'own') {
    const path = [scope.form.name ?? '', field.name].map(keyOf).join('/');
    return { system: path, code, display: labelOf(scope, catalogueOf(source), ownCode) };
  }
  const entry = entryOf(scope, system, code);
  if (entry === null) return null;
  const [oid, fi, sv] = entry;
  const display = scope.given.language === 'sv' ? sv || fi : fi;
  return { system: `urn:oid:${oid}`, code, display };
}

/** What the installation says stands for it; else what is known of the code itself. */
function partnerOf(
  system: string,
  source: Source,
  scope: DocumentScope,
  ownCode: string,
): string | null {
  const { codes, labels } = scope.given;
  const catalogue = catalogueOf(source);
  const loaded = own(own(codes.partners, `${catalogue}/${ownCode}`), system);
  if (loaded !== undefined) return loaded;
  if (source.codes !== undefined) return own(source.codes, ownCode) ?? null;
  if (source.by !== undefined) {
    const known = own(own(own(labels, catalogue), ownCode), source.by) ?? null;
    return known === null ? null : written(known);
  }
  return source.const !== undefined || source.national ? ownCode : null;
}

/** The code as the table has it on the document's day. */
function entryOf({ given, day }: DocumentScope, system: string, code: string): Entry | null {
  const entries = own(own(given.codes.codes, system), code) ?? [];
  return entries.find(([, , , from, to]) => (from || '') <= day && day <= (to || '9999')) ?? null;
}

function textOf(source: Source, scope: DocumentScope): string {
  const { text, each, join = '\n' } = source;
  if (text === undefined) return textIn(source, valueIn(source, scope), scope);
  const scopes = each === undefined ? [scope] : eachOf(each, scope);
  return scopes
    .map((one) =>
      text
        .map((piece) => labelled(piece, one))
        .filter((said) => said !== '')
        .join(join),
    )
    .filter((line) => line !== '')
    .join('\n');
}

function labelled(piece: Source, scope: DocumentScope): string {
  const text = textOf(piece, scope);
  const label = piece.label?.[scope.given.language];
  return text !== '' && label !== undefined ? `${label}: ${text}` : text;
}

function textIn(source: Source, value: Json, scope: DocumentScope): string {
  if (Array.isArray(value)) {
    const texts = value.map((one) => textIn(source, one, scope));
    return texts.filter((text) => text !== '').join(', ');
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'object') return '';
  const catalogue = source.catalogue ?? source.choice;
  if (catalogue !== undefined) return labelOf(scope, catalogue, written(value));
  if (source.word !== undefined) return wordOf(source.word, written(value).replace(SPACE, ' '));
  return source.format === 'date' ? finnishDay(written(value)) : written(value);
}

/** Of a whole name the family name is the last word, and the given names are what stands before it. */
function wordOf(which: string, text: string): string {
  const words = text.replace(/^ +| +$/g, '').split(' ');
  return which === 'last' ? (words.at(-1) ?? '') : words.slice(0, -1).join(' ');
}

function labelOf({ given }: DocumentScope, catalogue: string, code: string): string {
  const said = own(own(own(given.labels, catalogue), code), given.language);
  return typeof said === 'string' && said !== '' ? said : code;
}

const written = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

export function finnishDay(day: string): string {
  if (!isDay(day)) return day;
  return `${Number(day.slice(8))}.${Number(day.slice(5, 7))}.${day.slice(0, 4)}`;
}
