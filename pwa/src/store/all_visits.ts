/** The person's visits of any time, from the case files: the small index does not list those that were logged long ago (F4). */

import { visitsOfPerson as ownAmong } from '../domain/agenda.ts';
import { visitSummary } from '../domain/summary.ts';
import { visitsOf } from '../domain/visits.ts';
import type { VisitSummary } from '../model/engine.ts';
import { Gathering } from './gathering.ts';
import type { Store } from './store.ts';

export class AllVisits {
  readonly #store: Store;
  readonly #visits: Gathering<VisitSummary[]>;

  constructor(store: Store) {
    this.#store = store;
    this.#visits = new Gathering(store, (views) =>
      visitsOf(views).flatMap((visit) => visitSummary(visit) ?? []),
    );
  }

  forget(cases: string[]): void {
    this.#visits.forget(cases);
  }

  /** Those that run between two moments, once every case file has been looked at. */
  async between(from: string, until: string): Promise<VisitSummary[]> {
    for (;;) {
      const clients = [...this.#store.index.values()].flatMap(({ summary }) => summary ?? []);
      await this.#visits.gather(clients.map((client) => client.case));
      const looked = clients.flatMap((client) => {
        const visits = this.#visits.of(client.case);
        const isIn = ({ start, end }: VisitSummary) => start < until && end > from;
        return visits ? [{ ...client, visits: visits.filter(isIn) }] : [];
      });
      if (looked.length < clients.length) continue;
      return ownAmong(looked, this.#store.session.user).map(({ visit }) => visit);
    }
  }
}
