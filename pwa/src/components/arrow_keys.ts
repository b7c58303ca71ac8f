/**
 * Arrow keys walk through a search and what it found, and Enter in the search opens the first of it: `{@attach arrowKeys}` on
 * what holds the field and the list.
 */

const FOUND = 'li > a, tbody th > a';
const STOPS = `input[type="search"], ${FOUND}, li > button`;

export function arrowKeys(root: HTMLElement): () => void {
  function walk(event: KeyboardEvent) {
    const { target } = event;
    const isAsked = target instanceof HTMLInputElement && target.value.trim() !== '';
    if (event.key === 'Enter' && isAsked) root.querySelector<HTMLElement>(FOUND)?.click();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...root.querySelectorAll<HTMLElement>(STOPS)];
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
