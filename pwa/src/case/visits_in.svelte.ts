/** The person's visits of a span of time: what the index lists, and of days before it what the case files hold as well (F4). */

import { app } from '../app/app.svelte.ts';
import type { Item } from '../domain/agenda.ts';
import { isListed } from '../domain/listed.ts';
import type { Span } from '../domain/visits.ts';
import type { VisitSummary } from '../model/engine.ts';
import { dayOf } from '../rules/time.ts';

/** All that is not logged, of every client: has it arrived, and does the index list it? */
export function areOpenVisitsKnown(): boolean {
  return app.sync.complete && app.summaries.every(({ listsAllOpen }) => listsAllOpen === true);
}

export class VisitsIn {
  readonly #span: () => Span | null;
  /** where the index does not list all of it: from when and until when the case files are to be looked through */
  readonly #beyond = $derived.by(() => {
    const span = this.#span();
    return span && !isListed(dayOf(span.start), dayOf(app.now)) ? `${span.start} ${span.end}` : '';
  });
  #found = $state.raw<{ of: string; visits: VisitSummary[] }>({ of: '', visits: [] });
  readonly #isLooked = $derived.by(() => this.#found.of === this.#beyond);

  /** Nothing of this span is missing here: none found is none there. */
  readonly isComplete = $derived.by(
    () => areOpenVisitsKnown() && (this.#beyond === '' || this.#isLooked),
  );
  readonly items: readonly Item[] = $derived.by(() => {
    if (this.#beyond === '' || !this.#isLooked) return app.visits;
    return this.#found.visits.flatMap((visit) => {
      const client = app.byCase.get(visit.case);
      return client ? [{ visit, client }] : [];
    });
  });

  /** While a component is being made: it is followed as long as that stands. */
  constructor(span: () => Span | null) {
    this.#span = span;
    $effect(() => {
      const of = this.#beyond;
      // What changed in a case file is looked at again.
      if (of === '' || app.summaries.length === 0) return undefined;
      let isLeft = false;
      const [from = '', until = ''] = of.split(' ');
      void app.engine.visitsBetween(from, until).then((visits) => {
        if (!isLeft) this.#found = { of, visits };
      });
      return () => (isLeft = true);
    });
  }
}
