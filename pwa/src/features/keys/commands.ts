/** What the search of Ctrl+K can do beside opening a client (U49): all that the bars and Valikko lead to, and what begins an entry. */

import { app } from '../../app/app.svelte.ts';
import { paths } from '../../app/paths.ts';
import type { IconName } from '../../components/icon_names.ts';
import { sidePlaces } from '../../components/places.ts';
import { beginnings } from '../../domain/folding.ts';
import { administers, isCaseworker, isOutside, isSupervisor } from '../../domain/roles.ts';
import { drawnKinds, kindsAt } from '../../kinds/fields.ts';
import type { CaseSummary } from '../../model/engine.ts';
import { fold } from '../../rules/fold.ts';
import { kindWord } from '../../words/catalogue.svelte.ts';
import { words } from '../../words/index.svelte.ts';
import { SHORTCUTS } from './desk_keys.ts';

export interface Command {
  title: string;
  icon: IconName;
  /** whose it is, where it is one client's */
  meta?: string;
  /** what it does: an address, a sheet that it opens, or the lock */
  does: { href: string } | { sheet: string } | 'lock';
}

/** Everything that this person may do here; what concerns the client on the screen comes first. */
export function allCommands(here: CaseSummary | undefined): Command[] {
  const role = app.me?.role ?? null;
  const places = sidePlaces(role).map(({ href, word, icon }) => to(words.shell[word], icon, href));
  const always: Command[] = [
    { title: words.desk.shortcuts, icon: 'circle-question-mark', does: { sheet: SHORTCUTS } },
    { title: words.settings.lockNow, icon: 'lock', does: 'lock' },
  ];
  if (isOutside(role)) return [...places, ...always];
  return [
    ...(here ? commandsOf(here) : []),
    { title: words.desk.logVisit, icon: 'plus', does: { sheet: 'add' } },
    { title: words.today.arrange, icon: 'calendar-days', does: { sheet: 'arrange' } },
    ...(isCaseworker(role) ? [to(words.clientForm.add, 'user-round', paths.newClient)] : []),
    ...places,
    ...(isSupervisor(role)
      ? [to(words.week.teamWeek, 'calendar-days', `${paths.week}?whose=week`)]
      : []),
    ...(administers(role) === null ? [] : [to(words.admin.title, 'key-round', paths.admin)]),
    to(words.search.title, 'search', paths.search),
    to(words.checkIn.title, 'shield-alert', paths.checkIn),
    to(words.handOver.title, 'smartphone', paths.handOver),
    to(words.checkIn.incidents, 'triangle-alert', paths.incidents),
    to(words.intake.title, 'door-open', paths.intakes),
    to(words.kind.registers, 'list-checks', paths.registers),
    ...drawnKinds()
      .filter(([, kind]) => kind.columns)
      .map(([name, { icon }]) => ofKind(name, icon, paths.list(name))),
    ...[...kindsAt('team'), ...kindsAt('own')].map(([name, { icon }]) =>
      ofKind(name, icon, paths.kind(name, '')),
    ),
    ...(isCaseworker(role)
      ? [to(words.openings.title, 'key-round', paths.teamList('break-glass'))]
      : []),
    ...always,
  ];
}

function commandsOf({ case: id, name }: CaseSummary): Command[] {
  return [
    { title: words.desk.logVisit, icon: 'plus', meta: name, does: { href: paths.newVisit(id) } },
    {
      title: words.today.arrange,
      icon: 'calendar-days',
      meta: name,
      does: { href: paths.plan(id) },
    },
    {
      title: words.adding.note,
      icon: 'notebook-pen',
      meta: name,
      does: { href: paths.newNote(id) },
    },
  ];
}

function to(title: string, icon: IconName, href: string): Command {
  return { title, icon, does: { href } };
}

function ofKind(name: string, icon: string, href: string): Command {
  return {
    title: kindWord(`${name}.@many`) ?? name,
    icon: icon as IconName,
    does: { href },
  };
}

/** Those in whose title every typed word begins a word, whatever its accents (F1). */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = fold(typed).split(/\s+/u).filter(Boolean);
  return commands.filter(({ title }) => {
    const begun = beginnings(title, fold);
    return wanted.every((one) => begun.some((word) => word.startsWith(one)));
  });
}
