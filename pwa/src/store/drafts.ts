/** Open forms, sealed as they are typed (R9, R10): one row a form, replaced by each input, gone when the form is saved. */

import type { Draft } from '../model/engine.ts';
import type { Store } from './store.ts';

export class Drafts {
  readonly #store: Store;
  /** sealing takes its time: a draft that was dropped must not come back behind it */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Once what was said before is written. */
  async all(): Promise<Draft[]> {
    await this.#turn;
    const transaction = this.#store.db.transaction('drafts');
    const [keys, rows] = await Promise.all([
      transaction.store.getAllKeys(),
      transaction.store.getAll(),
    ]);
    return this.#store.openRows<Draft>('drafts', keys, rows);
  }

  save(draft: Draft): Promise<void> {
    return this.#inTurn(async () => {
      const { db, vault } = this.#store;
      const name = await vault.name(draft.id);
      const sealed = await vault.seal('drafts', name, draft);
      const transaction = db.transaction('drafts', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(sealed, name), transaction.done]);
    });
  }

  drop(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { db, vault } = this.#store;
      const name = await vault.name(id);
      // As strict as the saving: after a power cut a form that was saved must not stand there unfinished.
      const transaction = db.transaction('drafts', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.delete(name), transaction.done]);
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
