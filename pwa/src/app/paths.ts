import { isOfClient } from '../domain/homes.ts';
import { own } from '../rules/own.ts';

/** The address of every screen. Ids only: an address is kept by the browser in the open. */
export const paths = {
  today: '/',
  /** where another provider sends back to (J15) */
  signIn: '/sign-in',
  clients: '/clients',
  client: (caseId: string) => `/clients/${caseId}`,
  newClient: '/clients/new',
  /** referrals that nobody has taken in yet */
  intakes: '/intakes',
  newIntake: '/intakes/new',
  /** of somebody met outside */
  referOutreach: (record: string) => `/intakes/new?outreach=${record}`,
  takeIn: (caseId: string) => `/clients/${caseId}/edit?take`,
  clientEdit: (caseId: string) => `/clients/${caseId}/edit`,
  visit: (caseId: string, record: string) => `/clients/${caseId}/visits/${record}`,
  /** a contact that was not planned, logged now */
  newVisit: (caseId: string, kind: 'visit' | 'call' | 'errand' = 'visit') =>
    `/clients/${caseId}/visits/new${kind === 'visit' ? '' : `?kind=${kind}`}`,
  /** a visit to come */
  plan: (caseId: string) => `/clients/${caseId}/planning`,
  movePlan: (caseId: string, record: string) => `/clients/${caseId}/planning/${record}`,
  addPartner: (caseId: string, record: string) => `/clients/${caseId}/planning/${record}?partner`,
  phase: (caseId: string) => `/clients/${caseId}/phase`,
  entries: (caseId: string) => `/clients/${caseId}/entries`,
  /** a logged visit or a note, read */
  entry: (caseId: string, record: string) => `/clients/${caseId}/entries/${record}`,
  goal: (caseId: string, record: string) => `/clients/${caseId}/goals/${record}`,
  goalEdit: (caseId: string, record: string) => `/clients/${caseId}/goals/${record}/edit`,
  newGoal: (caseId: string) => `/clients/${caseId}/goals/new`,
  note: (caseId: string, record: string) => `/clients/${caseId}/notes/${record}`,
  newNote: (caseId: string) => `/clients/${caseId}/notes/new`,
  /** what the client is given of it, to read and on paper */
  ownPage: (caseId: string) => `/clients/${caseId}/own-page`,
  samePerson: (caseId: string) => `/clients/${caseId}/same`,
  sameAs: (caseId: string, other: string) => `/clients/${caseId}/same?other=${other}`,
  documents: (caseId: string) => `/clients/${caseId}/documents`,
  document: (caseId: string, key: string, record: string) =>
    `/clients/${caseId}/documents/${key}/${record}`,
  checklists: (caseId: string) => `/clients/${caseId}/checklists`,
  differing: (caseId: string, record: string) => `/clients/${caseId}/differing/${record}`,
  history: (caseId: string, record: string) => `/clients/${caseId}/history/${record}`,
  /** where a record of any kind is read */
  record: (kind: string, caseId: string, record: string): string =>
    own(handMade, kind)?.(caseId, record) ?? `${paths.kind(kind, caseId)}/${record}`,
  /** what is no client's has no file in its address: there is one for each person */
  kind: (kind: string, caseId: string) =>
    isOfClient(kind) ? `/clients/${caseId}/${kind}` : `/records/${kind}`,
  edit: (kind: string, caseId: string, record: string, stage?: string): string =>
    `${paths.kind(kind, caseId)}/${record}/edit${stage ? `?stage=${stage}` : ''}`,
  /** a new record that another one offers: `<record>.<offer>` */
  offered: (kind: string, caseId: string, offer: string): string =>
    `${paths.kind(kind, caseId)}/new/edit?from=${offer}`,
  registers: '/registers',
  /** of all clients */
  list: (kind: string) => `/lists/${kind}`,
  ledger: '/lists/rent/ledger',
  /** what is searched for never stands in the address */
  search: '/search',
  week: '/week',
  outbox: '/outbox',
  reviewQueue: '/held',
  reports: '/reports',
  report: (key: string) => `/reports/${key}`,
  /** what stands behind a number of the team board */
  teamList: (what: string) => `/team/${what}`,
  more: '/more',
  handOver: '/hand-over',
  /** a record that a client reads, and may answer to; without one their own rating */
  handToClient: (caseId: string, record = '') =>
    `/clients/${caseId}/hand-over${record && `/${record}`}`,
  reminders: '/reminders',
  /** by the opaque id that a notification carries */
  reminder: (id: string) => `/reminders/${id}`,
  checkIn: '/check-in',
  /** leaving for a client, for a planned visit if there is one */
  startCheckIn: (caseId: string, record?: string) =>
    `/check-in/${caseId}${record ? `/${record}` : ''}`,
  out: '/out',
  incidents: '/incidents',
  newIncident: '/incidents/new',
  incident: (id: string) => `/incidents/${id}`,
  incidentEdit: (id: string) => `/incidents/${id}/edit`,
  admin: '/admin',
  settings: '/settings',
  help: '/help',
  helpOn: (topic: string) => `/help?topic=${topic}`,
  introduction: '/introduction',
  install: '/install',
  accessibility: '/accessibility',
};

/** The kinds that have a screen of their own; all others are drawn from their declaration. */
const handMade: Record<string, (caseId: string, record: string) => string> = {
  case: paths.client,
  visit: paths.entry,
  note: paths.note,
  goal: paths.goal,
  checklist: paths.checklists,
};
