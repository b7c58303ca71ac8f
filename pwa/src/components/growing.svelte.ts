/** A long list stands at once as far as a screen shows it; the rest of its rows come while nobody waits. */

import { whenIdle } from '../platform/idle.ts';
import { router, scrollOf } from '../app/router.svelte.ts';

/** no row is lower */
const ROW_MIN_PX = 56;
const STEP = 8;
/** whoever opens a list taps or types next: that must not wait behind rows that nobody sees */
const REST_MS = 1_000;

/** For the screen that is being made. `all` is how many rows there are. */
export function growing(all: () => number): { readonly rows: number; beginAgain: () => void } {
  const first = Math.ceil(innerHeight / ROW_MIN_PX);
  // Whoever comes back to where they had scrolled finds it there.
  let rows = $state(scrollOf(router.place.key) > 0 ? Infinity : first);
  $effect(() => {
    if (rows >= all()) return undefined;
    return rows === first ? after(REST_MS, more) : whenIdle(more);
  });
  function more() {
    rows += STEP;
  }

  return {
    get rows() {
      return rows;
    },
    /** Before the list is another one. */
    beginAgain: () => (rows = first),
  };
}

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => {
    clearTimeout(timer);
  };
}
