/** After a change of screen the heading takes the focus, and the screen stands where it was left. */

import { router, scrollOf } from '../router.svelte.ts';

let expected = false;
let nextWanted = false;

/** The next screen that appears is where the person goes. */
export function expectLanding(): void {
  expected = true;
}

/** Something was logged: on the way back the next thing to do takes the focus, not the heading. */
export function landOnNext(): void {
  nextWanted = true;
}

/** Called by a screen that appears, and by the frame for a screen that was there all along. */
export function land(heading: HTMLElement | null | undefined): void {
  const pane = heading?.closest('[data-pane="current"]');
  if (!expected || !heading || !pane) return;
  expected = false;
  scrollTo(0, scrollOf(router.place.key));
  const next = nextWanted ? pane.querySelector<HTMLElement>('[data-next]') : null;
  nextWanted = false;
  (next ?? heading).focus({ preventScroll: next === null });
}
