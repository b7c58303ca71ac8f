/**
 * Arrow keys walk through a search and what it found, and Enter in the search opens the first of it: `{@attach arrowKeys}` on
 * what holds the field and the list.
 */

export const arrowKeys = walkingTo('li > a, tbody th > a');
/** Where what does something stands among what leads somewhere, Enter does either. */
export const arrowKeysToAll = walkingTo('li > :is(a, button)');

function walkingTo(found: string) {
  return (root: HTMLElement) => listen(root, found);
}

function listen(root: HTMLElement, found: string): () => void {
  const all = `input[type="search"], ${found}, li > button`;
  function walk(event: KeyboardEvent) {
    const { target } = event;
    const isAsked = target instanceof HTMLInputElement && target.value.trim() !== '';
    const first = event.key === 'Enter' && isAsked ? root.querySelector<HTMLElement>(found) : null;
    if (first !== null) {
      // A sheet that this closes gives the focus back, and the key is not meant for what had it.
      event.preventDefault();
      first.click();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...root.querySelectorAll<HTMLElement>(all)];
    const at = stops.findIndex((stop) => stop === event.target);
    const next = at < 0 ? undefined : stops[at + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }
  root.addEventListener('keydown', walk);
  return () => {
    root.removeEventListener('keydown', walk);
  };
}
