/** Whether a store was here, told in the open: it outlives what a browser evicts. How many entries wait, and nothing of whom. */

import { keepOpenly, readOpenly } from './in_the_open.ts';

const KEPT = 'kept';

export const keptStore = {
  /** There is a store here, with so many unsent entries. */
  note(unsent: number): void {
    keepOpenly(KEPT, String(unsent));
  },
  /** It was taken away by its own person. */
  forget(): void {
    keepOpenly(KEPT, null);
  },
  /** Asked where no store is: how many unsent entries there were in one that the browser threw away. */
  lost(): number | null {
    const kept = readOpenly(KEPT);
    return kept === null ? null : Number(kept);
  },
};
