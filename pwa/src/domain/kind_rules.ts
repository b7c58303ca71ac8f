/** The rules of a kind about one record: what it asks for, what is warned of, and what follows from it (G4). Pure. */

import { isRemoved } from '../rules/merge.ts';
import { holds, unmet as unmetOf, type About, type Values } from '../rules/conditions.ts';
import type { Json, RecordView } from '../model/engine.ts';
import { kindOf, type FieldGroup, type Offer, type Rule } from '../kinds/declared.ts';
import { rulesOf } from '../kinds/rules_of.ts';
import { valuesOf } from './columns.ts';

/** The rules of a strength that are not met. */
export function unmetRules(kind: string, strength: 'asks' | 'warns', about: About): Rule[] {
  const rules = rulesOf(kind);
  const names = unmetOf(rules, strength, about);
  return rules.filter((rule) => rule.strength === strength && names.includes(rule.name));
}

/** The fields that the form asks for as things stand. */
export function askedFields(kind: string, about: About): Set<string | undefined> {
  const rules = rulesOf(kind).filter(
    ({ strength, when }) => strength === 'asks' && (when === undefined || holds(when, about)),
  );
  return new Set(rules.map(({ at }) => at));
}

/** What follows from the record: its marks. Without the file's other records, none that depends on there being no such other. */
export function derived(kind: string, about: About): Rule[] {
  const rules = rulesOf(kind);
  return rules.filter(
    ({ strength, holds: condition }) =>
      strength === 'derives' &&
      (about.others !== undefined || !deniesOthers(condition)) &&
      holds(condition, about),
  );
}

function deniesOthers(condition: Json, denied = false): boolean {
  if (!Array.isArray(condition)) return false;
  const [word, ...rest] = condition;
  if (word === 'other') return denied;
  return rest.some((one) => deniesOthers(one, word === 'not' ? !denied : denied));
}

/** The groups of the form that stand for these values. */
export function groupsFor(kind: string, about: About): FieldGroup[] {
  return (kindOf(kind)?.layout ?? []).filter(
    ({ when }) => when === undefined || holds(when, about),
  );
}

/** The other records that follow from this one, and whose forms are offered. */
export function offersFor(kind: string, about: About): Offer[] {
  return (kindOf(kind)?.offers ?? []).filter(
    ({ when, link }) => holds(when, about) && (link === undefined || !holds(['has', link], about)),
  );
}

export function isOpen(kind: string, about: About): boolean {
  const { open } = kindOf(kind) ?? {};
  return open === undefined || holds(open, about);
}

/** What a record's rules are asked of: its own values, and the other records of its file. */
export function aboutOf(
  values: Values,
  own: string,
  records: readonly RecordView[],
  today: string,
  phase: string | null,
): About {
  const others = records
    .filter((record) => record.id !== own && !isRemoved(record))
    .map((record): [string, Values] => [record.kind, valuesOf(record)]);
  return { values, today, phase, others };
}
