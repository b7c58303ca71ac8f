/** After a change of screen the heading takes the focus, and the screen stands where it was left. */

import { router, scrollOf } from '../router.svelte.ts';

let expected = false;

/** The next screen that appears is where the person goes. */
export function expectLanding(): void {
  expected = true;
}

/** Called by a screen that appears, and by the frame for a screen that was there all along. */
export function land(heading: HTMLElement | null | undefined): void {
  if (!expected || !heading?.closest('[data-pane="current"]')) return;
  expected = false;
  heading.focus({ preventScroll: true });
  scrollTo(0, scrollOf(router.place.key));
}
