/** What may be chosen for a declared field: codes, a kind's own words, people, the file's own records, or a register's. */

import { app } from '../../app/app.svelte.ts';
import { valuesOf } from '../../domain/columns.ts';
import { isOpen } from '../../domain/kind_rules.ts';
import { isOfClient } from '../../domain/homes.ts';
import { isRemoved } from '../../rules/merge.ts';
import type { Field } from '../../kinds/declared.ts';
import type { RecordView } from '../../model/engine.ts';
import { dayOf } from '../../rules/time.ts';
import { kindWord, labelOf, offered } from '../../words/catalogue.svelte.ts';
import { format } from '../../words/format.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { recordName } from '../../words/readable.ts';

interface Option {
  value: string;
  label: string;
}

/** `key`: the words' key of the field, `kind.field`. */
export function optionsOf(key: string, field: Field, records: readonly RecordView[]): Option[] {
  if (field.catalogue !== undefined) {
    return offered(field.catalogue).map((entry) => ({ value: entry.code, label: entry.label }));
  }
  if (field.choices !== undefined) {
    return field.choices.map((value) => ({ value, label: kindWord(`${key}=${value}`) ?? value }));
  }
  if (field.kind === 'person') {
    return [...app.people.values()].map((person) => ({ value: person.id, label: person.name }));
  }
  if (field.kind === 'case') {
    return app.summaries
      .filter(({ isIntake }) => isIntake !== true)
      .map((client) => ({ value: client.case, label: client.name }))
      .sort((a, b) => format.inOrder(a.label, b.label));
  }
  return records
    .filter((record) => record.kind === field.kind && isOffered(record))
    .map((record) => ({ value: record.id, label: recordName(record, names) }))
    .sort((a, b) => format.inOrder(a.label, b.label));
}

const names = { person: (person: string) => app.nameOf(person) };

/** What was removed is not chosen any more, nor what a register keeps as no longer in use. */
function isOffered(record: RecordView): boolean {
  const about = { values: valuesOf(record), today: dayOf(app.now) };
  return !isRemoved(record) && (isOfClient(record.kind) || isOpen(record.kind, about));
}

/** How what is chosen is called, offered or not. */
export function labelOfChosen(field: Field, value: string, records: readonly RecordView[]): string {
  if (field.catalogue !== undefined) return labelOf(field.catalogue, value);
  const found = records.find((record) => record.id === value);
  return found ? recordName(found, names) : words.shell.notVisible;
}

/** What is chosen stays in the list although it is not offered any more, or not visible. */
export function withChosen(
  options: Option[],
  chosen: readonly string[],
  calledBy: (value: string) => string,
): Option[] {
  const missing = chosen.filter((one) => one !== '' && !options.some(({ value }) => value === one));
  return [...options, ...missing.map((value) => ({ value, label: calledBy(value) }))];
}
