/** What the form of a declared kind has to say before it can be saved: a sentence for each field. */

import { faultsIn, type KindInput } from '../../forms/kind_form.ts';
import type { Rule } from '../../kinds/declared.ts';
import { kindWord } from '../../words/catalogue.svelte.ts';
import { faultText } from '../../forms/faults.ts';

/** What nobody could store comes before what is asked for. */
export function errorsIn(
  input: KindInput,
  asked: readonly Rule[],
): [field: string, told: string][] {
  const found = new Map([...faultsIn(input)].map(([field, fault]) => [field, faultText(fault)]));
  for (const { at, name } of asked) {
    if (at && !found.has(at)) found.set(at, kindWord(`${input.kind}.!${name}`) ?? name);
  }
  return [...found];
}

/** By field, what the form says and lets. */
export function warningsIn(kind: string, warned: readonly Rule[]): ReadonlyMap<string, string> {
  return new Map(warned.map(({ at, name }) => [at ?? '', kindWord(`${kind}.!${name}`) ?? name]));
}
