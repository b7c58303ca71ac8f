/**
 * Where the fields of a document look: the record or item that they are about, and the records around it. Pure. Twin of
 * `server/rules/document_scope.py`.
 */

import { holds, valueAt, type Values } from './conditions.ts';
import { isDay } from './dates.ts';
import type { Document, Each, Given, Of, Source, Told } from './declared_documents.ts';
import { isObject, type Json } from './json.ts';
import { own } from './own.ts';

/** Where a field looks: the record or item that it is about, and all that there is. */
export interface DocumentScope {
  given: Given;
  form: Document;
  day: string;
  values: Values;
}

/** what a service stands on: it was granted, whatever became of it since */
const GRANTED = ['decision_made', 'active', 'extension_requested', 'ending_soon', 'ended'];

export const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function stands(values: Values, when: Json[] | undefined): boolean {
  const isRemoved = (own(values, 'removed') ?? null) !== null;
  return !isRemoved && (when === undefined || holds(when, { values, today: '1970-01-01' }));
}

export function valueIn(source: Source, scope: DocumentScope): Json {
  const where = source.of === undefined ? scope.values : targetOf(source.of, scope);
  if (where === null) return null;
  const { when } = source;
  if (when !== undefined && !holds(when, { values: where, today: scope.day })) return null;
  return source.const ?? valueAt(where, source.path ?? '');
}

/** The record that a source looks at: the client's own, a decision, a person, or one that is referred to. */
function targetOf(of: Of, scope: DocumentScope): Values | null {
  if (typeof of !== 'string') {
    const within = of.of === undefined ? scope.values : targetOf(of.of, scope);
    return within === null ? null : recordOf(scope, valueAt(within, of.ref));
  }
  const { record } = scope.given;
  switch (of) {
    case 'case':
      return allIn(scope).find((one) => one.kind === 'case')?.values ?? null;
    case 'author':
      return recordOf(scope, valueAt(record.values, 'worker') || record.author);
    case 'own_worker':
      return targetOf({ ref: 'own_worker', of: 'case' }, scope);
    default:
      return decisionOf(of, scope);
  }
}

/** Of those granted: the one in force on the day, the latest that had begun by then, or the first of all. */
function decisionOf(which: string, scope: DocumentScope): Values | null {
  const said = (values: Values, path: string) => {
    const value = own(values, path);
    return typeof value === 'string' ? value : '';
  };
  const begun = allIn(scope)
    .filter(
      ({ kind, values }) =>
        kind === 'decision' &&
        GRANTED.includes(said(values, 'status')) &&
        (own(values, 'removed') ?? null) === null &&
        isDay(said(values, 'start')),
    )
    .sort(
      (a, b) => compared(said(a.values, 'start'), said(b.values, 'start')) || compared(a.id, b.id),
    );
  if (which === 'first_decision') return begun[0]?.values ?? null;
  const byThen = begun.filter(
    ({ values }) =>
      said(values, 'start') <= scope.day &&
      (which !== 'decision' || (said(values, 'end') || '9999') >= scope.day),
  );
  return byThen.at(-1)?.values ?? null;
}

function allIn({ given }: DocumentScope): Told[] {
  return [given.record, ...given.records];
}

function recordOf(scope: DocumentScope, id: Json): Values | null {
  if (typeof id !== 'string') return null;
  return allIn(scope).find((one) => one.id === id)?.values ?? null;
}

/** The items of a map of this record, or the other records of a kind; by key. */
export function eachOf(each: Each, scope: DocumentScope): DocumentScope[] {
  const found =
    'kind' in each
      ? scope.given.records
          .filter(({ kind }) => kind === each.kind)
          .sort((a, b) => compared(a.id, b.id))
          .map(({ values }) => values)
      : itemsOf(scope.values, each.items);
  return found
    .filter((values) => stands(values, each.when))
    .map((values) => ({ ...scope, values }));
}

function itemsOf(values: Values, field: string): Values[] {
  return Object.entries(values)
    .filter(([path, item]) => path.startsWith(`${field}/`) && item !== null)
    .sort(([a], [b]) => compared(a, b))
    .map(([path, item]) => {
      const key = path.slice(field.length + 1);
      return isObject(item) ? { ...item, key } : { key, value: item };
    });
}
