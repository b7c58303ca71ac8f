/** What is missing for a document, in the person's words. */

import type { Document, DocumentField, Lack } from '../../rules/declared_documents.ts';
import { own } from '../../rules/own.ts';
import { labelOf } from '../../words/catalogue.svelte.ts';
import { language, words } from '../../words/index.svelte.ts';
import { labels } from './making.ts';

/** "Asiakas: Etunimet" */
function whereOf(form: Document, lack: Lack): string {
  let { fields } = form;
  const said = lack.at.map((name) => {
    const field = fields.find((one) => one.name === name);
    fields = field?.fields ?? [];
    return field ? calledIn(field) : name;
  });
  return said.slice(-2).join(': ');
}

function calledIn(field: DocumentField): string {
  if (language() === 'sv') return field.sv;
  return language() === 'en' ? (field.en ?? field.name) : field.name;
}

/** A field that says nothing, or our code that nothing stands for. */
export function lackText(form: Document, lack: Lack): string {
  if (lack.why === 'name') return words.documents.lacksName(lack.code ?? '');
  const where = whereOf(form, lack);
  if (lack.why !== 'code') return where;
  return words.documents.lacksCode(where, ownLabel(lack), lack.system ?? '');
}

function ownLabel({ catalogue = '', code = '' }: Lack): string {
  if (!catalogue.includes('.')) return labelOf(catalogue, code);
  const said = own(own(own(labels, catalogue), code), language() === 'sv' ? 'sv' : 'fi');
  return typeof said === 'string' ? said : code;
}

export const needed = (missing: Lack[]) =>
  missing.filter((one) => one.needed && one.why !== 'identity');
export const leftOut = (missing: Lack[]) => missing.filter((one) => !one.needed);
export const lacksIdentity = (missing: Lack[]) => missing.some((one) => one.why === 'identity');
