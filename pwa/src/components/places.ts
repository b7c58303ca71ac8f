/** The places of the bars, in their order. */

import { isCommissioner, isOutside, isSupervisor } from '../domain/roles.ts';
import { paths } from '../app/paths.ts';
import type { Words } from '../words/index.svelte.ts';
import type { IconName } from './icon_names.ts';
import type { Role } from '../rules/constants.ts';

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
    | 'reports'
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
const held: PlaceLink = { href: paths.reviewQueue, word: 'held', icon: 'user-round' };
const reports: PlaceLink = { href: paths.reports, word: 'reports', icon: 'trending-up' };
const settings: PlaceLink = { href: paths.settings, word: 'settings', icon: 'settings' };
const help: PlaceLink = { href: paths.help, word: 'help', icon: 'life-buoy' };

/** ＋ stands between the two halves */
const bottom = { before: [today, clients], after: [week, more] };
/** who has no clients writes nothing either; whoever pays reads reports */
const outside = (role: Role | null) =>
  isCommissioner(role) ? [today, reports, settings, help] : [today, settings, help];

export function bottomPlaces(role: Role | null): { before: PlaceLink[]; after: PlaceLink[] } {
  return isOutside(role) ? { before: outside(role), after: [] } : bottom;
}

export function sidePlaces(role: Role | null): PlaceLink[] {
  if (isOutside(role)) return outside(role);
  return [
    today,
    clients,
    week,
    reminders,
    ...(isSupervisor(role) ? [out] : []),
    reports,
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
