/** Every screen: its address, its window title (never a name: the browser keeps titles in the open) and its code. */

import type { Component } from 'svelte';
import { paths } from './paths.ts';
import Today from './screens/today/Today.svelte';
import { speakOfAll, words } from './words/index.svelte.ts';

// A screen takes what its address holds, and nothing else.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Screen = Component<any>;

export interface Route {
  path: string;
  title: () => string;
  load: () => Promise<{ default: Screen }>;
  /** `list`: details open beside it on a laptop; `detail`: opens beside the list last seen */
  kind: 'list' | 'detail' | 'alone';
  /** a list that keeps the larger half beside its detail: a calendar */
  wide?: true;
  /** something is being filled in: the bottom bar makes room for Tallenna */
  form?: true;
}

/** The parts that screens are made of, for whoever works on them; no production bundle has it. */
const inDevelopment: Route[] = import.meta.env.DEV
  ? [
      {
        path: '/osat',
        title: () => 'Osat',
        load: () => import('./screens/osat/Parts.svelte'),
        kind: 'alone',
      },
    ]
  : [];

/** A screen of the script that keeps people reminded and safe. */
const beside =
  (name: 'CheckIn' | 'Incident' | 'IncidentRead' | 'Incidents' | 'Out' | 'Reminders') =>
  async () => ({ default: (await import('./screens/beside.ts'))[name] as Screen });

export const routes: readonly Route[] = [
  {
    path: '/',
    title: () => words.shell.today,
    load: () => Promise.resolve({ default: Today }),
    kind: 'list',
  },
  {
    path: '/clients',
    title: () => words.shell.clients,
    load: () => import('./screens/clients/Clients.svelte'),
    kind: 'list',
  },
  {
    path: '/clients/:caseId',
    title: () => words.caseFile.client,
    load: () => import('./screens/case/Client.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/visits/:record',
    title: () => words.visit.title,
    load: () => import('./screens/visit/LogSheet.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/plan/:record?',
    title: () => words.caseFile.planTitle,
    load: () => import('./screens/visit/Plan.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/phase',
    title: () => words.caseFile.phaseTitle,
    load: () => import('./screens/case/Phase.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/entries',
    title: () => words.caseFile.entries,
    load: () => import('./screens/case/Entries.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/entries/:record',
    title: () => words.caseFile.entries,
    load: () => import('./screens/case/Entry.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/goals/new',
    title: () => words.goal.newTitle,
    load: () => import('./screens/goal/GoalEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/goals/:record',
    title: () => words.goal.one,
    load: () => import('./screens/goal/Goal.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/goals/:record/edit',
    title: () => words.goal.editTitle,
    load: () => import('./screens/goal/GoalEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/notes/:record',
    title: () => words.caseFile.noteTitle,
    load: () => import('./screens/note/NoteEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/checklists',
    title: () => words.goal.checklists,
    load: () => import('./screens/checklist/Checklists.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/differing/:record',
    title: () => words.entries.differing,
    load: () => import('./screens/differing/Differing.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/history/:record',
    title: () => words.entries.history,
    load: () => import('./screens/history/History.svelte'),
    kind: 'detail',
  },
  {
    path: '/week',
    title: () => words.shell.week,
    load: () => import('./screens/week/Week.svelte'),
    kind: 'list',
    wide: true,
  },
  {
    path: '/outbox',
    title: () => words.shell.outbox,
    load: () => import('./screens/outbox/Outbox.svelte'),
    kind: 'alone',
  },
  {
    path: '/held',
    title: () => words.held.title,
    load: () => import('./screens/held/Held.svelte'),
    kind: 'alone',
  },
  {
    path: '/more',
    title: () => words.shell.more,
    load: () => import('./screens/more/More.svelte'),
    kind: 'alone',
  },
  {
    path: '/reminders/:reminder?',
    title: () => words.shell.reminders,
    load: beside('Reminders'),
    kind: 'alone',
  },
  {
    path: '/check-in/:caseId?/:record?',
    title: () => words.checkIn.title,
    load: beside('CheckIn'),
    kind: 'alone',
  },
  {
    path: '/out',
    title: () => words.shell.out,
    load: beside('Out'),
    kind: 'alone',
  },
  {
    path: '/incidents',
    title: () => words.checkIn.incidents,
    load: beside('Incidents'),
    kind: 'alone',
  },
  {
    path: '/incidents/new',
    title: () => words.checkIn.incident,
    load: beside('Incident'),
    kind: 'alone',
    form: true,
  },
  {
    path: '/incidents/:incident',
    title: () => words.checkIn.incident,
    load: beside('IncidentRead'),
    kind: 'alone',
  },
  {
    path: '/incidents/:incident/edit',
    title: () => words.checkIn.incident,
    load: beside('Incident'),
    kind: 'alone',
    form: true,
  },
  {
    path: '/search',
    title: () => words.search.title,
    load: () => import('./screens/search/Search.svelte'),
    kind: 'list',
  },
  {
    path: '/settings',
    title: () => words.shell.settings,
    load: () => import('./screens/settings/Settings.svelte'),
    kind: 'alone',
  },
  {
    path: '/help',
    title: () => words.shell.help,
    load: () => import('./screens/more/Help.svelte'),
    kind: 'alone',
  },
  {
    path: '/introduction',
    title: () => words.help.intro.title,
    load: () => import('./screens/intro/Introduction.svelte'),
    kind: 'alone',
  },
  {
    path: '/install',
    title: () => words.help.install.title,
    load: () => import('./screens/more/Install.svelte'),
    kind: 'alone',
  },
  {
    path: '/accessibility',
    title: () => words.settings.accessibility,
    load: () => import('./screens/more/Accessibility.svelte'),
    kind: 'alone',
  },
  ...inDevelopment,
];

/** An address that is none of ours. */
export const notFound: Route = {
  path: '*',
  title: () => words.shell.notFound,
  load: () => import('./screens/more/NotFound.svelte'),
  kind: 'alone',
};

/** Those whose code and words are on the page: they stand in the very frame of the tap. */
const ready = new Map<Route, Screen>();

export function screenOf(route: Route): Screen | undefined {
  return ready.get(route);
}

/** Throws where a screen is not on the device yet and there is no network. */
export async function fetchScreen(route: Route): Promise<void> {
  const isFirst = route.path === paths.today;
  const [screen] = await Promise.all([route.load(), isFirst ? null : speakOfAll()]);
  ready.set(route, screen.default);
}
