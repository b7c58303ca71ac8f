/** Tänään, which is painted first; and how the other screens come, whose addresses nobody waits for. */

import { paths } from '../app/paths.ts';
import type { Route, Screen } from './route.ts';
import Today from './today/Today.svelte';
import { loadAllLabels } from '../words/catalogue.svelte.ts';
import { words } from '../words/index.svelte.ts';

const today: Route = {
  path: paths.today,
  title: () => words.shell.today,
  load: () => Promise.resolve({ default: Today }),
  kind: 'list',
};

/** Those whose address is known: Tänään, and all others once they are loaded. */
export let routes: readonly Route[] = [today];
/** An address that is none of ours. */
export let notFound = today;

/** Throws where they are not on the device yet and there is no network. */
export async function loadRoutes(): Promise<void> {
  const more = await import('./routes.ts');
  routes = [today, ...more.laterRoutes];
  notFound = more.notFoundRoute;
}

/** Those whose code and words are on the page: they stand in the very frame of the tap. */
const ready = new Map<string, Screen>();

export function screenOf({ path }: Route): Screen | undefined {
  return ready.get(path);
}

/** Throws where a screen is not on the device yet and there is no network. */
export async function fetchScreen(route: Route): Promise<void> {
  const [screen] = await Promise.all([route.load(), route === today ? null : loadAllLabels()]);
  ready.set(route.path, screen.default);
}
