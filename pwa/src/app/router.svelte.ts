/**
 * Where the person is: the History API and nothing else. An entry of the history remembers how far the screen was scrolled
 * and whether a sheet is open, so Back closes a sheet first.
 */

import { parse } from 'regexparam';
import { isId } from '../rules/id.ts';
import { own } from '../rules/own.ts';

interface Entry {
  /** tells history entries apart for their scroll */
  key: string;
  sheet: string | null;
  /** how many entries of ours lie below this one */
  depth: number;
}

interface Place {
  path: string;
  query: URLSearchParams;
  key: string;
}

function entryNow(): Entry {
  const state = history.state as Partial<Entry> | null;
  return { key: state?.key ?? 'first', sheet: state?.sheet ?? null, depth: state?.depth ?? 0 };
}

function placeNow(): Place {
  const { pathname, search } = location;
  return { path: pathname, query: new URLSearchParams(search), key: entryNow().key };
}

let place = $state.raw<Place>(placeNow());
let sheet = $state<string | null>(null);

const scrolled: Record<string, number> = {};

const BACK_MAX_MS = 500;
let wentBackAt = -BACK_MAX_MS;

export const router = {
  get place(): Place {
    return place;
  },
  /** the name of the open sheet */
  get sheet(): string | null {
    return sheet;
  },
};

/** Goes to a screen of ours. From an open sheet the new screen takes the sheet's entry. */
export function go(href: string, replace = sheet !== null): void {
  scrolled[place.key] = scrollY;
  const { depth } = entryNow();
  const key = crypto.randomUUID();
  if (replace) history.replaceState({ key, sheet: null, depth } satisfies Entry, '', href);
  else history.pushState({ key, sheet: null, depth: depth + 1 } satisfies Entry, '', href);
  sheet = null;
  place = placeNow();
}

/** The browser answers a moment later: the second tap of two does not go back twice. */
function back(): void {
  if (performance.now() - wentBackAt < BACK_MAX_MS) return;
  wentBackAt = performance.now();
  history.back();
}

/** Back to where the person came from, or to `otherwise` when the app was opened at this very address. */
export function goBack(otherwise: string): void {
  if (entryNow().depth > 0) back();
  else go(otherwise, true);
}

/** Opens a sheet over the screen: an entry of its own, so that Back closes it. */
export function openSheet(name: string): void {
  scrolled[place.key] = scrollY;
  history.pushState(
    { key: place.key, sheet: name, depth: entryNow().depth + 1 } satisfies Entry,
    '',
  );
  sheet = name;
}

export function closeSheet(): void {
  if (entryNow().sheet !== null) back();
  else sheet = null;
}

/** How far this entry was scrolled when it was left. */
export function scrollOf(key: string): number {
  return own(scrolled, key) ?? 0;
}

/** Follows links and Back from now on. */
export function startRouter(): void {
  history.scrollRestoration = 'manual';
  // A reload with a sheet open starts at its screen.
  history.replaceState({ ...entryNow(), sheet: null } satisfies Entry, '');
  addEventListener('popstate', () => {
    wentBackAt = -BACK_MAX_MS;
    const before = place;
    ({ sheet } = entryNow());
    if (before.key !== entryNow().key || before.path !== location.pathname) {
      scrolled[before.key] = scrollY;
      place = placeNow();
    }
  });
  addEventListener('click', followLink);
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest('a');
  if (link === null || link.origin !== location.origin || link.target || link.download) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  if (link.pathname + link.search !== location.pathname + location.search) {
    go(link.pathname + link.search);
  }
}

const KIND = /^[a-z]+(?:_[a-z]+)*$/u;

/** The first route whose pattern fits, with its parameters: ids, whoever wrote the address (R11). */
export function match<Route extends { path: string }>(
  routes: readonly Route[],
  path: string,
): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const { keys, pattern } = parse(route.path);
    const found = pattern.exec(path)?.slice(1);
    // A part that is left out is no id, and need not be one; a kind of record has a name.
    const fits = (part: string | undefined, at: number) =>
      !part || (keys[at] === 'kind' ? KIND.test(part) : isId(part));
    if (!found?.every(fits)) continue;
    return { route, params: Object.fromEntries(keys.map((key, at) => [key, found[at] ?? ''])) };
  }
  return null;
}
