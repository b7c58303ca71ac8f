/** What follows from what is typed in a declared form: which groups stand, what is asked, what is wrong. */

import { app } from '../../app/app.svelte.ts';
import { valuesOf } from '../../domain/columns.ts';
import { aboutOf, askedFields, groupsFor, unmetRules } from '../../domain/kind_rules.ts';
import { valuesWith, type KindInput } from '../../forms/kind_form.ts';
import { dayOf } from '../../rules/time.ts';
import type { RecordView } from '../../model/engine.ts';
import { errorsIn, warningsIn } from './errors.ts';
import type { SupportPhase } from '../../rules/constants.ts';

interface Given {
  input: KindInput | null;
  /** the record as it was, if there is one */
  known: RecordView | null;
  /** the others of its file, of which rules may ask */
  records: readonly RecordView[];
  phase: SupportPhase | null;
}

export class KindState {
  readonly #kind: string;
  readonly #given: () => Given;
  readonly about = $derived.by(() => {
    const { input, known, records, phase } = this.#given();
    const values = input ? valuesWith(input, known ? valuesOf(known) : {}) : {};
    return aboutOf(values, input?.record ?? '', records, dayOf(app.now), phase);
  });
  readonly groups = $derived.by(() => groupsFor(this.#kind, this.about));
  readonly asked = $derived.by(() => askedFields(this.#kind, this.about));
  readonly warnings = $derived.by(() =>
    warningsIn(this.#kind, unmetRules(this.#kind, 'warns', this.about)),
  );
  /** by field, what stops the save */
  readonly errors = $derived.by(() => {
    const { input } = this.#given();
    return input ? errorsIn(input, unmetRules(this.#kind, 'asks', this.about)) : [];
  });

  constructor(kind: string, given: () => Given) {
    this.#kind = kind;
    this.#given = given;
  }

  faults = () =>
    this.errors.map(([field, message]) => ({ field: `${this.#kind}-${field}`, message }));

  /** The field itself, a part of it, an item. */
  isFaulty = (field: string): boolean => this.errors.some(([at]) => at.split(/[./]/)[0] === field);
}
