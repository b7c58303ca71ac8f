/** The address of every screen. Ids only: an address is kept by the browser in the open. */
export const paths = {
  today: '/',
  clients: '/clients',
  client: (caseId: string) => `/clients/${caseId}`,
  visit: (caseId: string, record: string) => `/clients/${caseId}/visits/${record}`,
  /** a contact that was not planned, logged now */
  newVisit: (caseId: string, kind: 'visit' | 'call' | 'errand' = 'visit') =>
    `/clients/${caseId}/visits/new${kind === 'visit' ? '' : `?kind=${kind}`}`,
  /** a visit to come */
  plan: (caseId: string) => `/clients/${caseId}/plan`,
  movePlan: (caseId: string, record: string) => `/clients/${caseId}/plan/${record}`,
  phase: (caseId: string) => `/clients/${caseId}/phase`,
  entries: (caseId: string) => `/clients/${caseId}/entries`,
  /** a logged visit or a note, read */
  entry: (caseId: string, record: string) => `/clients/${caseId}/entries/${record}`,
  goal: (caseId: string, record: string) => `/clients/${caseId}/goals/${record}`,
  goalEdit: (caseId: string, record: string) => `/clients/${caseId}/goals/${record}/edit`,
  newGoal: (caseId: string) => `/clients/${caseId}/goals/new`,
  note: (caseId: string, record: string) => `/clients/${caseId}/notes/${record}`,
  newNote: (caseId: string) => `/clients/${caseId}/notes/new`,
  checklists: (caseId: string) => `/clients/${caseId}/checklists`,
  differing: (caseId: string, record: string) => `/clients/${caseId}/differing/${record}`,
  history: (caseId: string, record: string) => `/clients/${caseId}/history/${record}`,
  /** what is searched for never stands in the address */
  search: '/search',
  week: '/week',
  outbox: '/outbox',
  held: '/held',
  more: '/more',
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
  settings: '/settings',
  help: '/help',
  helpOn: (topic: string) => `/help?topic=${topic}`,
  introduction: '/introduction',
  install: '/install',
  accessibility: '/accessibility',
};
