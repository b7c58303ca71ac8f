/** What keys do on every screen: Ctrl+K finds, ? tells all keys (U49), Escape closes the third pane (U47). Comes after Tänään. */

import { app } from '../../app/app.svelte.ts';
import { focusOn } from '../../app/focus.ts';
import { closeSheet, go, goBack, openSheet, router } from '../../app/router.svelte.ts';

/** Of the Navigation API what is asked here; not every browser has it. */
interface Entries {
  currentEntry: { index: number } | null;
  entries: () => { url: string | null }[];
}

/** the sheet in which clients and commands are found */
export const FIND = 'find';
export const SHORTCUTS = 'shortcuts';

export function listenToKeys(): void {
  addEventListener('keydown', findByKeys);
  addEventListener('keydown', leaveFinding);
  addEventListener('keydown', tellKeys);
  addEventListener('keydown', closeThird);
  addEventListener('click', takeItsPlace, true);
}

/** A second time it takes what was typed, to be typed over. */
function findByKeys(event: KeyboardEvent): void {
  if (app.authScreen !== null || event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (router.sheet === FIND)
    document.querySelector<HTMLInputElement>('dialog[open] input[type="search"]')?.select();
  else openSheet(FIND);
}

/** At once: a field to search in would take the first Escape for emptying itself. */
function leaveFinding(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || router.sheet !== FIND) return;
  event.preventDefault();
  closeSheet();
}

function tellKeys(event: KeyboardEvent): void {
  if (event.key !== '?' || app.authScreen !== null || router.sheet !== null) return;
  if (isTyping(event)) return;
  event.preventDefault();
  openSheet(SHORTCUTS);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}

/** Whoever types in a field goes on typing; a sheet, or what is being carried, has Escape for itself. */
function closeThird(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || router.sheet !== null || isTyping(event)) return;
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
