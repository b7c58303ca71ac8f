/**
 * A document of the national structure as people read it: rows, and a page of XHTML in our own drawing (Z16). Pure. Twin of
 * `server/rules/document_page.py`; `tests/vectors/document_page.json` binds the two.
 */

import type { Document, DocumentField, DocumentLanguage } from './declared_documents.ts';
import { finnishDay, keyOf } from './documents.ts';
import type { Json } from './json.ts';
import { own } from './own.ts';
import { wallOf } from './time.ts';

export interface DocumentRow {
  key: string;
  label: string;
  values: ({ rows: DocumentRow[] } | { text: string; code?: string; system?: string })[];
}

type Content = Record<string, Json>;

const AT = { fi: 'klo', sv: 'kl.' };
const YES = { fi: 'Kyllä', sv: 'Ja' };
const NO = { fi: 'Ei', sv: 'Nej' };
/** what XML cannot hold, also written as a number */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const STYLE =
  'body{font-family:sans-serif;line-height:1.4;margin:2em auto;max-width:45em;padding:0 1em}' +
  'dt{font-weight:bold;margin-top:.8em}dd{margin:0}dd dl{border-left:2px solid;margin:.2em 0;padding-left:1em}';

/** What the document says, in the order of the structure: label and values, of a group the rows in it. */
export function documentRows(
  form: Document,
  content: Content,
  language: DocumentLanguage,
): DocumentRow[] {
  return rowsOf(form.fields, Object.values(content)[0] as Content, language);
}

function rowsOf(
  fields: DocumentField[],
  content: Content,
  language: DocumentLanguage,
): DocumentRow[] {
  return fields.flatMap((field) => {
    const key = keyOf(field.name);
    const value = own(content, key);
    if (value === undefined) return [];
    const values = Array.isArray(value) ? value : [value];
    const label = language === 'sv' ? field.sv : field.name;
    return [{ key, label, values: values.map((one) => valueOf(field, one, language)) }];
  });
}

function valueOf(
  field: DocumentField,
  value: Json,
  language: DocumentLanguage,
): DocumentRow['values'][number] {
  if (field.fields) return { rows: rowsOf(field.fields, value as Content, language) };
  switch (field.type) {
    case 'code': {
      const { display, code, system } = value as Record<string, string>;
      return { text: display ?? '', code: code ?? '', system: system ?? '' };
    }
    case 'identifier':
      return { text: (value as Record<string, string>)['value'] ?? '' };
    case 'date':
      return { text: finnishDay(value as string) };
    case 'moment': {
      const { day, clock } = wallOf(value as string);
      const [hour, minute] = clock.split(':');
      return { text: `${finnishDay(day)} ${AT[language]} ${Number(hour)}.${minute}` };
    }
    case 'yes_no':
      return { text: (value === true ? YES : NO)[language] };
    case undefined:
    default:
      return { text: value as string };
  }
}

/** A whole page of XHTML: keys, codes and code systems stand beside what is read. */
export function documentXhtml(
  form: Document,
  name: string,
  rows: DocumentRow[],
  language: DocumentLanguage,
): string {
  const [title, oid] = [escaped(name), escaped(form.oid)];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<html xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">\n` +
    `<head><title>${title}</title><meta name="oid" content="${oid}"/><style>${STYLE}</style></head>\n` +
    `<body>\n<h1>${title}</h1>\n${listOf(rows)}\n</body>\n</html>\n`
  );
}

function listOf(rows: DocumentRow[]): string {
  const lines = rows.flatMap(({ key, label, values }) => [
    `<dt>${escaped(label)}</dt>`,
    ...values.map((value) => itemOf(key, value)),
  ]);
  return lines.length > 0 ? `<dl>\n${lines.join('\n')}\n</dl>` : '';
}

function itemOf(key: string, value: DocumentRow['values'][number]): string {
  if ('rows' in value) return `<dd data-field="${key}">${listOf(value.rows)}</dd>`;
  const { text, code, system } = value;
  const about =
    code === undefined
      ? ''
      : ` data-code="${escaped(code)}" data-system="${escaped(system ?? '')}"`;
  return `<dd data-field="${key}"${about}>${escaped(text).replaceAll('\n', '<br/>')}</dd>`;
}

/** As it may stand in XML. What XML cannot hold reads as U+FFFD. */
export function escaped(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"]/g, (sign) => own(ESCAPED, sign) ?? sign);
}
