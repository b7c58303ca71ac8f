/** After a change of screen the heading takes the focus, and the screen stands where it was left. */

import { router, scrollOf } from './router.svelte.ts';

let expected = false;
/** what takes the focus instead of the next screen's heading */
let wanted: string | null = null;

/** The next screen that appears is where the person goes. */
export function expectFocus(): void {
  expected = true;
}

/** Something was logged: on the way back the next thing to do takes the focus, not the heading. */
export function focusOnNext(): void {
  wanted = '[data-next]';
}

/** The same for something else: a field to search in, the row whose screen is being closed. */
export function focusOn(selector: string): void {
  wanted = selector;
}

/**
 * Called by a screen that appears, and by the frame for a screen that was there all along. It scrolls and takes the focus
 * once the screen is made: each would lay out what is there until then.
 */
export function focusHeading(heading: HTMLElement | null | undefined): void {
  const pane = heading?.closest('[data-pane="current"]');
  if (!expected || !heading || !pane) return;
  expected = false;
  requestAnimationFrame(() => {
    scrollTo(0, scrollOf(router.place.key));
    const other = pane.querySelector<HTMLElement>(wanted ?? '[data-land] select');
    wanted = null;
    (other ?? heading).focus({ preventScroll: other === null });
    if (other instanceof HTMLInputElement) other.select();
  });
}
