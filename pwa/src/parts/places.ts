/** The places of the bars, in their order. */

import { isSupervisor } from '../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Words } from '../words/index.svelte.ts';
import type { IconName } from './icon_names.ts';

export interface PlaceLink {
  href: string;
  word: keyof Pick<
    Words['shell'],
    | 'today'
    | 'clients'
    | 'week'
    | 'reminders'
    | 'out'
    | 'outbox'
    | 'held'
    | 'settings'
    | 'help'
    | 'more'
  >;
  icon: IconName;
}

const today: PlaceLink = { href: paths.today, word: 'today', icon: 'house' };
const clients: PlaceLink = { href: paths.clients, word: 'clients', icon: 'users' };
const week: PlaceLink = { href: paths.week, word: 'week', icon: 'calendar-days' };
const reminders: PlaceLink = { href: paths.reminders, word: 'reminders', icon: 'bell' };
const out: PlaceLink = { href: paths.out, word: 'out', icon: 'door-open' };
const more: PlaceLink = { href: paths.more, word: 'more', icon: 'menu' };
const outbox: PlaceLink = { href: paths.outbox, word: 'outbox', icon: 'send' };
const held: PlaceLink = { href: paths.held, word: 'held', icon: 'user-round' };
const settings: PlaceLink = { href: paths.settings, word: 'settings', icon: 'settings' };
const help: PlaceLink = { href: paths.help, word: 'help', icon: 'life-buoy' };

/** ＋ stands between the two halves */
export const bottomPlaces = { before: [today, clients], after: [week, more] };

export function sidePlaces(role: string | null): PlaceLink[] {
  return [
    today,
    clients,
    week,
    reminders,
    ...(isSupervisor(role) ? [out] : []),
    outbox,
    ...(isSupervisor(role) ? [held] : []),
    settings,
    help,
    more,
  ];
}

/** Is `path` this place, or something beneath it? */
export function isAt(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
