import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const admin: Words['admin'] = {
  title: 'Administration',
  ofAll: 'The whole organisation',
  ofTeam: 'Your own team',
  needsNetwork: 'Administration needs a connection. Nothing was changed.',

  confirmTitle: 'Give your password',
  confirmWhy:
    'This is a sensitive step. Your password is asked for again when you last gave it more than 10 minutes ago.',
  goOn: 'Go on',

  people: 'People',
  peopleWhat: 'Invitations, passwords, roles and handing clients over',
  person: 'Person',
  findPerson: 'Find by name, role or team',
  nobodyFound: 'Nobody found',
  clients: (n) => plural(n, { one: '1 own client', other: `${n} own clients` }),
  ended: 'Ended',
  endedOnes: 'Ended accounts',
  invited: 'One-time password',
  invitedUntil: (when) =>
    `Has not chosen a password yet. The one-time password is good until ${when}.`,
  lastSeen: 'Last contact',
  never: 'No contact yet',
  mayNotChange: 'You cannot change this account.',

  invite: 'Invite a person',
  makeInvitation: 'Make the account',
  displayName: 'Name',
  displayNameHint: 'This is how colleagues see the name.',
  signInName: 'User name',
  signInNameHint: 'For signing in. It cannot be changed later.',
  role: 'Role',
  team: 'Team',
  noTeam: 'No team',
  phone: 'Phone number',
  change: 'Change details',
  changeAccess:
    'Another team or role changes at once what the person sees. Their own clients stay with them until they are handed over.',
  changed: 'The change is saved',
  invitedNow: (name) => `${name} can now sign in.`,
  ready: 'Done',

  chooseTitle: 'Choose your own password',
  chooseWhy:
    'You signed in with a one-time password. Now choose a password that only you know. The one-time password stops working after that.',
  oneTime: 'One-time password',
  oneTimeOnce: (when) =>
    `Shown only now. Give it to the person themselves, who chooses a password at the first sign-in. Good until ${when}.`,
  passwordMessage: (address, name, password) =>
    `Ovikello: ${address}\nUser name: ${name}\nOne-time password: ${password}`,
  newPassword: 'Give a new one-time password',
  newPasswordTitle: 'Give a new one-time password?',
  newPasswordWhat:
    'The old password stops working at once, and the person is signed out of every device. Unsent entries stay on their device and open with the old password.',
  reopen: 'Open the account again',
  reopenTitle: 'Open the account again?',
  reopenWhat: 'The person gets a one-time password and reaches the same clients as before.',

  end: 'End the account',
  endTitle: (name) => `End the account of ${name}?`,
  endWhat: 'The person can no longer come in. Their entries stay, and their name beside them.',
  endLeaves: (n) =>
    plural(n, {
      one: '1 client is left without a worker',
      other: `${n} clients are left without a worker`,
    }),
  endLeavesNobody: 'No client is left without a worker.',
  endVisits: (n) =>
    plural(n, {
      one: '1 planned visit will not be made.',
      other: `${n} planned visits will not be made.`,
    }),
  endHeld: (n) =>
    plural(n, {
      one: '1 entry waits for a supervisor.',
      other: `${n} entries wait for a supervisor.`,
    }),
  endWipe: (n) =>
    plural(n, { one: 'Also wipe their device', other: `Also wipe their ${n} devices` }),
  endWipeHint:
    'The data is made unreadable when the device is next in contact. Unsent entries are lost.',
  endedNow: 'The account has ended',
  transferFirst: 'Hand the clients over first',

  caseload: 'Clients',
  caseloadWhat: 'Choose who goes to another worker, for good or for a time.',
  noClients: 'No clients',
  readsToo: 'Sees too',
  reasons: {
    supervision: 'As supervisor',
    stand_in: 'As stand-in',
    intake: 'Referral to the team',
    opened: 'Opened the client',
    own_client: 'Own client',
    returner: 'Earlier case of a returning client',
  },
  until: (when) => `until ${when}`,
  transferChosen: (n) =>
    plural(n, {
      one: 'Give 1 client to somebody else',
      other: `Give ${n} clients to somebody else`,
    }),
  transferTitle: (n) =>
    plural(n, { one: 'Who looks after 1 client?', other: `Who looks after ${n} clients?` }),
  howLong: 'For how long',
  forGood: 'For good',
  forATime: 'As a stand-in',
  standInWhat:
    'The stand-in sees the clients and makes entries until the end of the chosen day. The own worker stays, and so do the planned visits.',
  lastDay: 'Last day of the stand-in',
  dayMissing: 'Choose the last day of the stand-in',
  standInNowBegin: 'Begin the stand-in',
  standInBegun: (n) =>
    n === 0
      ? 'The stand-in sees these clients already'
      : plural(n, { one: 'The stand-in sees 1 client', other: `The stand-in sees ${n} clients` }),
  standInNow: (name, until) => `stand-in ${name} ${until}`,
  endStandIn: 'End',
  endStandInOf: (client) => `End the stand-in: ${client}`,
  standInEnded: () => 'The stand-in has ended',
  transferWhat:
    'The new worker becomes the client’s own worker and gets the planned visits. The worker before no longer sees the client.',
  toWhom: 'To whom',
  choose: 'Choose a worker',
  toMissing: 'Choose who gets the clients',
  transferNow: 'Hand over',
  transferred: (n) => plural(n, { one: '1 client handed over', other: `${n} clients handed over` }),

  teams: 'Teams',
  teamsWhat: 'Names and phone numbers',
  noTeams: 'No teams',
  addTeam: 'Add a team',
  teamName: 'Name of the team',
  teamPhoneHint: 'The team calls this number when somebody needs help.',
  members: (n) => plural(n, { one: '1 person', other: `${n} people` }),
  noNumber: 'no phone number',

  devices: 'Devices',
  devicesWhat: 'Who uses which; a lost phone',
  lostWhat: 'If a phone is lost, choose it here.',
  noDevices: 'Nobody has signed in yet',
  noSession: 'Signed out',
  lost: 'The phone is lost: wipe it',
  signOut: 'Only sign out',
  signOutWhat: 'Signing out does not wipe the device. Unsent entries stay on it.',
  signedOut: 'The device was signed out',

  log: 'Access log',
  logWhat: 'Who has read a client’s file, and why',
  logOfClient: 'Who has read the client’s file',
  clientCode: 'Client code',
  clientCodeHint: 'For example OV-0001',
  codeMissing: 'Write the client code',
  showLog: 'Show who has read it',
  noSuchClient: 'No client has this code',
  nobodyRead: 'Nobody has read anything',
  lookNoted: 'That this list was looked at is noted too.',
  noReason: 'no known reason',
  hasRead: 'What they have read',
  dataRequest: 'The client’s own data',
  dataRequestWhat:
    'All that is recorded of the client as one file, for the client’s own request. The download is noted.',
  download: 'Download the data',
  downloaded: 'The data is on this device',
  dataLeftOut: (kinds: string) =>
    `The file lacks: ${kinds}. Your role does not see them; ask the team’s leader.`,
  read: {
    file_read: 'opened the file',
    history_read: 'read the history of an entry',
    attachment_read: 'looked at a photo or a document',
    visit_read: 'took a visit to a calendar',
    calendar_read: 'a calendar read the visits',
    held_read: 'read an entry that waits for a decision',
    client_data_read: 'downloaded the client’s data',
    documents_read: 'saw the list of documents',
    document_made: 'made a document of the national form',
  },

  dataTokens: {
    title: 'Data API',
    rowWhat: 'Tokens by which reporting tools read data',
    what: 'With a data token a reporting tool such as Power BI reads codes, days and numbers of the entries. It gets no names, no free text and no client under a non-disclosure. The token opens nothing else.',
    nothing: 'No data tokens',
    nothingWhy: 'Once you make a token, you see here until when it is valid and when it was used.',
    living: 'Valid tokens',
    over: (n: number) => `Tokens that are over (${n})`,
    until: (day: string) => `valid until ${day}`,
    ended: (day: string) => `ended ${day}`,
    revokedOn: (day: string) => `revoked ${day}`,
    lastUsed: (when: string) => `last used ${when}`,
    neverUsed: 'not used yet',
    withCodes: 'with client codes',
    make: 'Make a token',
    makeTitle: 'A new data token',
    name: 'What is the token for?',
    nameHint: 'For example: Power BI, monthly report of finances',
    nameMissing: 'Write what the token is for',
    kinds: 'What does it read?',
    called: {
      case: 'Clients',
      checklist: 'Checklists',
      person: 'Colleagues',
      team: 'Teams',
    },
    kindsMissing: 'Choose what the token reads',
    team: 'Of whose clients?',
    allTeams: 'Of all teams',
    everyTeam: 'all teams',
    codes: 'With client codes',
    codesHint: 'A code can tell who the client is. Clients can be told apart without it too.',
    lastDay: 'Last valid day',
    lastDayHint: 'A year from today at most',
    once: 'Data token',
    onceWhat:
      'Shown only now. Copy it straight into the settings of the reporting tool. Should the token fall into the wrong hands, revoke it in the list of tokens.',
    address: 'Address',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke the token: ${name}`,
    revokeTitle: (name: string) => `Revoke the token: ${name}?`,
    revokeWhat:
      'The reporting tool gets no more data. A revoked token stays revoked, but a new one can be made.',
    revoked: 'Token revoked',
  },

  retention: {
    title: 'Keeping and erasing',
    rowWhat: 'When a client’s data is erased, and what bars it',
    what: 'After the service has ended, a client’s data is kept for as many years as the county’s duty asks: 10 years for working-age people, older people and substance use services, 30 years for families with children. After that it has to be erased.',
    nothing: 'No client’s service has ended',
    nothingWhy: 'Once a service ends, you see here until when the client’s data is kept.',
    closed: (day) => `Ended ${day}`,
    closedUnknown: 'The day of the end is not known',
    over: (day) => `time was over ${day}`,
    until: (day) => `kept until ${day}`,
    records: (n) => plural(n, { one: '1 entry', other: `${n} entries` }),
    due: (n) => `Time is over: ${n}`,
    dueWhat: 'Choose whose data is erased.',
    held: 'Erasing barred',
    undecided: 'Yours to decide: the time cannot be counted',
    kept: (n) => `Still kept: ${n}`,
    eraseChosen: (n) =>
      n === 0
        ? 'Erase the chosen'
        : plural(n, { one: 'Erase 1 client', other: `Erase ${n} clients` }),
    eraseTitle: (n) =>
      plural(n, { one: 'Erase the client’s data?', other: `Erase the data of ${n} clients?` }),
    eraseWhat: (records) =>
      `Entries (${records}), their history, pictures and files go for good: from the server now, from the workers’ devices at their next contact. This cannot be undone.`,
    eraseKept:
      'What stays is who has read the data and who erased it. It leaves old backups when those are too old.',
    typeNumber: (n) => `Confirm by typing how many are erased: ${n}`,
    erase: 'Erase for good',
    erased: (n) =>
      plural(n, {
        one: 'The data of 1 client is erased',
        other: `The data of ${n} clients is erased`,
      }),
    hold: 'Bar erasing',
    holdWhat:
      'The data is not erased even when its time is over. For example while a complaint, a lawsuit or an inquiry is pending.',
    client: 'Client code',
    clientHint: 'For example OV-0012',
    clientMissing: 'Write the client code',
    reason: 'Reason',
    reasonHint: 'Other administrators see it. Do not write about the client’s affairs.',
    reasonMissing: 'Write the reason',
    holdNow: 'Bar erasing',
    heldNow: 'The data is not erased',
    lift: 'Allow erasing',
    liftOf: (client) => `Allow erasing: ${client}`,
    lifted: 'Erasing is allowed again',
  },

  faults: {
    name_too_many: 'There are 50 valid tokens already. Revoke one of them first',
    client_unknown: 'No client has this code',
    name_taken: 'The name is taken',
    name_empty: 'Write a name',
    name_invalid: 'The name has a character that cannot be used',
    display_name_empty: 'Write the name that colleagues see',
    display_name_invalid: 'The name has a character that cannot be used',
    phone_invalid: 'Write one phone number, for example 040 123 4567',
    role_not_yours: 'Only an administrator can give this role',
    role_last_admin: 'The organisation needs at least one administrator',
    role_has_cases: 'Hand the person’s clients over to another worker first',
    team_unknown: 'Choose a team from the list',
    to_unknown: 'Choose a worker who may have clients',
    last_day_invalid: 'Choose a day from today to a year ahead',
  },
};
