/** What keys do on every screen of a wide window: Ctrl+K searches, Escape closes the third pane (U47). Comes after Tänään. */

import { app } from '../app/app.svelte.ts';
import { focusOn } from '../app/focus.ts';
import { paths } from '../app/paths.ts';
import { go, goBack, router } from '../app/router.svelte.ts';

/** Of the Navigation API what is asked here; not every browser has it. */
interface Entries {
  currentEntry: { index: number } | null;
  entries: () => { url: string | null }[];
}

export function listenToKeys(): void {
  addEventListener('keydown', searchByKeys);
  addEventListener('keydown', closeThird);
  addEventListener('click', takeItsPlace, true);
}

function searchByKeys(event: KeyboardEvent): void {
  if (app.authScreen !== null || event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const fields = document.querySelectorAll<HTMLInputElement>('input[type="search"]');
  const here = [...fields].find((field) => field.checkVisibility());
  if (here) {
    here.focus();
    here.select();
  } else {
    focusOn('input[type="search"]');
    go(paths.clients);
  }
}

/** Whoever types in a field goes on typing; a sheet, or what is being carried, has Escape for itself. */
function closeThird(event: KeyboardEvent): void {
  const isField = (event.target as Element).matches('input, textarea, select');
  if (event.key !== 'Escape' || router.sheet !== null || isField) return;
  if (document.querySelector('main.three') === null) return;
  const { path } = router.place;
  const client = path.split('/', 3).join('/');
  setTimeout(() => {
    if (event.defaultPrevented) return;
    focusOn(`a[href="${path}"]`);
    // One step at a time, and never past the client: it may have been opened from a list, and shown beside its client by a reload.
    if (isWithin(client, pathBefore())) goBack(client);
    else go(client, true);
  });
}

/** What Back would lead to; null where the browser does not tell. */
function pathBefore(): string | null {
  const { navigation } = window as { navigation?: Entries };
  const at = navigation?.currentEntry?.index ?? 0;
  const url = navigation?.entries()[at - 1]?.url;
  return url ? new URL(url).pathname : null;
}

function isWithin(client: string, path: string | null): boolean {
  return path === null || path === client || path.startsWith(`${client}/`);
}

/** What is opened next from the middle stands where the last one stood, and Back closes that. */
function takeItsPlace(event: MouseEvent): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = (event.target as Element).closest<HTMLAnchorElement>(
    'main.three > .beside + .beside a[href^="/"]:not([target], [download])',
  );
  if (link === null) return;
  event.preventDefault();
  if (link.pathname + link.search !== location.pathname + location.search)
    go(link.pathname + link.search, true);
}
