/**
 * j and k walk through the rows of a list as in a mail program, Enter opens (the row is a link) and / goes to the
 * search: `{@attach listKeys}` on what holds search and rows. Whoever types in a field types.
 */

import { own } from '../rules/own.ts';
import { router } from '../app/router.svelte.ts';

const ROWS = 'tbody th a, li > a';

export function listKeys(root: HTMLElement): () => void {
  function walk(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || router.sheet !== null) return;
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select'))
      return;
    const handle = own(keys, event.key);
    if (handle === undefined || !root.checkVisibility()) return;
    event.preventDefault();
    handle();
  }

  function step(by: number) {
    const rows = [...root.querySelectorAll<HTMLElement>(ROWS)];
    const focused = rows.findIndex((row) => row === document.activeElement);
    const at = focused < 0 ? rows.findIndex((row) => row.closest('[aria-current]')) : focused;
    const next = rows[at < 0 ? 0 : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  const keys: Record<string, () => void> = {
    j: () => {
      step(1);
    },
    k: () => {
      step(-1);
    },
    '/': () => root.querySelector<HTMLElement>('input[type="search"]')?.focus(),
  };
  addEventListener('keydown', walk);
  return () => {
    removeEventListener('keydown', walk);
  };
}
