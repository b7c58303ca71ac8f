/**
 * Every screen but Tänään: its address, its window title (never a name: the browser keeps titles in the open) and its code.
 * Fetched after Tänään has been painted.
 */

import type { Route, Screen } from './route.ts';
import { words } from '../words/index.svelte.ts';

/** The parts that screens are made of, for whoever works on them; no production bundle has it. */
const inDevelopment: Route[] = import.meta.env.DEV
  ? [
      {
        path: '/osat',
        title: () => 'Osat',
        load: () => import('./gallery/Parts.svelte'),
        kind: 'alone',
      },
    ]
  : [];

/** Of the script that goes on beside all screens. */
const reminders = async () => ({
  default: (await import('./beside.ts')).Reminders as Screen,
});
const administering = (name: 'DataApi' | 'Import') => async () => ({
  default: (await import('./admin/screens.ts'))[name] as Screen,
});
const team =
  (
    name:
      | 'BreakGlass'
      | 'Incident'
      | 'IncidentRead'
      | 'Incidents'
      | 'OpeningsOfClient'
      | 'OpeningsOfTeam'
      | 'Out',
  ) =>
  async () => ({
    default: (await import('./team/screens.ts'))[name] as Screen,
  });

const entered = (name: 'ClientEdit' | 'SamePerson') => async () => ({
  default: (await import('./client/screens.ts'))[name] as Screen,
});

const ofOwnPage = (name: 'OwnPage' | 'Readers') => async () => ({
  default: (await import('./own_page/screens.ts'))[name] as Screen,
});

/** No list stays beneath them: what is drawn while the store locks is remembered (Y4). */
const handing = (name: 'HandOver' | 'HandPaper' | 'HandRating') => async () => ({
  default: (await import('./handing_over/screens.ts'))[name] as Screen,
});

/** The screens of all kinds that are drawn from their declaration. */
const declared =
  (name: 'Across' | 'Intakes' | 'Kind' | 'KindEdit' | 'KindPage' | 'Registers') => async () => ({
    default: (await import('./kind_screens.ts'))[name] as Screen,
  });

export const laterRoutes: readonly Route[] = [
  {
    path: '/clients',
    title: () => words.shell.clients,
    load: () => import('./clients/Clients.svelte'),
    kind: 'list',
  },
  {
    path: '/clients/new',
    title: () => words.clientForm.newTitle,
    load: entered('ClientEdit'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/edit',
    title: () => words.clientForm.title,
    load: entered('ClientEdit'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId',
    title: () => words.caseFile.client,
    load: () => import('./case/Client.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/visits/:record',
    title: () => words.visit.title,
    load: () => import('./visit/LogSheet.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/planning/:record?',
    title: () => words.caseFile.planTitle,
    load: () => import('./visit/Plan.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/phase',
    title: () => words.caseFile.phaseTitle,
    load: () => import('./case/Phase.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/entries',
    title: () => words.caseFile.entries,
    load: () => import('./case/Entries.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/entries/:record',
    title: () => words.caseFile.entries,
    load: () => import('./case/Entry.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/goals/new',
    title: () => words.goal.newTitle,
    load: () => import('./goal/GoalEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/goals/:record',
    title: () => words.goal.one,
    load: () => import('./goal/Goal.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/goals/:record/edit',
    title: () => words.goal.editTitle,
    load: () => import('./goal/GoalEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/notes/:record',
    title: () => words.caseFile.noteTitle,
    load: () => import('./note/NoteEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/checklists',
    title: () => words.goal.checklists,
    load: () => import('./checklist/Checklists.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/differing/:record',
    title: () => words.entries.differing,
    load: () => import('./conflicts/Differing.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/history/:record',
    title: () => words.entries.history,
    load: () => import('./history/History.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/own-page',
    title: () => words.caseFile.ownPage,
    load: ofOwnPage('OwnPage'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/readers',
    title: () => words.caseFile.readers.title,
    load: ofOwnPage('Readers'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/same',
    title: () => words.samePerson.title,
    load: entered('SamePerson'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/openings',
    title: () => words.openings.ofClientTitle,
    load: team('OpeningsOfClient'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/documents',
    title: () => words.documents.title,
    load: () => import('./documents/Documents.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/documents/:kind/:record',
    title: () => words.documents.title,
    load: () => import('./documents/Document.svelte'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/hand-over',
    title: () => words.handOver.title,
    load: handing('HandRating'),
    kind: 'alone',
  },
  {
    path: '/clients/:caseId/hand-over/:record',
    title: () => words.handOver.title,
    load: handing('HandPaper'),
    kind: 'alone',
  },
  {
    path: '/clients/:caseId/:kind/:record/edit',
    title: () => words.kind.change,
    load: declared('KindEdit'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/clients/:caseId/:kind/:record',
    title: () => words.kind.heading,
    load: declared('KindPage'),
    kind: 'detail',
  },
  {
    path: '/clients/:caseId/:kind',
    title: () => words.kind.heading,
    load: declared('Kind'),
    kind: 'detail',
  },
  {
    path: '/intakes',
    title: () => words.intake.title,
    load: declared('Intakes'),
    kind: 'list',
  },
  {
    path: '/intakes/new',
    title: () => words.intake.title,
    load: () => import('./intake/IntakeEdit.svelte'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/registers',
    title: () => words.kind.registers,
    load: declared('Registers'),
    kind: 'list',
  },
  {
    path: '/records/:kind/:record/edit',
    title: () => words.kind.change,
    load: declared('KindEdit'),
    kind: 'detail',
    form: true,
  },
  {
    path: '/records/:kind/:record',
    title: () => words.kind.registers,
    load: declared('KindPage'),
    kind: 'detail',
  },
  {
    path: '/records/:kind',
    title: () => words.kind.registers,
    load: declared('Kind'),
    kind: 'list',
  },
  {
    path: '/lists/:kind',
    title: () => words.kind.lists,
    load: declared('Across'),
    kind: 'list',
  },
  {
    path: '/lists/rent/ledger',
    title: () => words.ledger.title,
    load: async () => ({ default: (await import('./kind/late.ts')).Ledger }),
    kind: 'alone',
  },
  {
    path: '/week',
    title: () => words.shell.week,
    load: () => import('./week/Week.svelte'),
    kind: 'list',
    wide: true,
  },
  {
    path: '/reports',
    title: () => words.shell.reports,
    load: () => import('./reports/Reports.svelte'),
    kind: 'alone',
  },
  {
    path: '/reports/:kind',
    title: () => words.shell.reports,
    load: () => import('./reports/Report.svelte'),
    kind: 'alone',
  },
  {
    path: '/team/openings',
    title: () => words.openings.toReview,
    load: team('OpeningsOfTeam'),
    kind: 'list',
  },
  {
    path: '/team/break-glass',
    title: () => words.openings.title,
    load: team('BreakGlass'),
    kind: 'alone',
    form: true,
  },
  {
    path: '/team/:kind',
    title: () => words.board.title,
    load: () => import('./board/BoardList.svelte'),
    kind: 'list',
  },
  {
    path: '/outbox',
    title: () => words.shell.outbox,
    load: () => import('./outbox/Outbox.svelte'),
    kind: 'alone',
  },
  {
    path: '/held',
    title: () => words.reviewQueue.title,
    load: () => import('./review-queue/ReviewQueue.svelte'),
    kind: 'alone',
  },
  {
    path: '/more',
    title: () => words.shell.more,
    load: () => import('./more/More.svelte'),
    kind: 'alone',
  },
  {
    path: '/hand-over',
    title: () => words.handOver.title,
    load: handing('HandOver'),
    kind: 'alone',
  },
  {
    path: '/reminders/:reminder?',
    title: () => words.shell.reminders,
    load: reminders,
    kind: 'alone',
  },
  {
    path: '/check-in/:caseId?/:record?',
    title: () => words.checkIn.title,
    load: () => import('./checkin/CheckIn.svelte'),
    kind: 'alone',
  },
  {
    path: '/out',
    title: () => words.shell.out,
    load: team('Out'),
    kind: 'alone',
  },
  {
    path: '/incidents',
    title: () => words.checkIn.incidents,
    load: team('Incidents'),
    kind: 'alone',
  },
  {
    path: '/incidents/new',
    title: () => words.checkIn.incident,
    load: team('Incident'),
    kind: 'alone',
    form: true,
  },
  {
    path: '/incidents/:incident',
    title: () => words.checkIn.incident,
    load: team('IncidentRead'),
    kind: 'alone',
  },
  {
    path: '/incidents/:incident/edit',
    title: () => words.checkIn.incident,
    load: team('Incident'),
    kind: 'alone',
    form: true,
  },
  {
    path: '/search',
    title: () => words.search.title,
    load: () => import('./search/Search.svelte'),
    kind: 'list',
  },
  {
    path: '/admin/import',
    title: () => words.importing.title,
    load: administering('Import'),
    kind: 'alone',
  },
  {
    path: '/admin/data/:id?',
    title: () => words.admin.dataTokens.title,
    load: administering('DataApi'),
    kind: 'alone',
  },
  {
    path: '/admin/:place?/:id?/:more?',
    title: () => words.admin.title,
    load: () => import('./admin/Admin.svelte'),
    kind: 'alone',
  },
  {
    path: '/settings',
    title: () => words.shell.settings,
    load: () => import('./settings/Settings.svelte'),
    kind: 'alone',
  },
  {
    path: '/help',
    title: () => words.shell.help,
    load: () => import('./more/Help.svelte'),
    kind: 'alone',
  },
  {
    path: '/introduction',
    title: () => words.help.intro.title,
    load: () => import('./intro/Introduction.svelte'),
    kind: 'alone',
  },
  {
    path: '/install',
    title: () => words.help.install.title,
    load: () => import('./more/Install.svelte'),
    kind: 'alone',
  },
  {
    path: '/accessibility',
    title: () => words.settings.accessibility,
    load: () => import('./more/Accessibility.svelte'),
    kind: 'alone',
  },
  ...inDevelopment,
];

/** An address that is none of ours. */
export const notFoundRoute: Route = {
  path: '*',
  title: () => words.help.notFound,
  load: () => import('./more/NotFound.svelte'),
  kind: 'alone',
};
