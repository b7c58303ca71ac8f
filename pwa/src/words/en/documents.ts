import type { Words } from '../fi/index.ts';

/** Documents of the national structure, made from a client's records. */
export const documents: Words['documents'] = {
  title: 'Documents in the national form',
  what: 'Entries, plans and notices for the wellbeing services county',
  intro: 'A document can be made of each of these. Look at it first, then save it as a file.',
  none: 'No documents can be made yet',
  noneHint: 'A document is made of a decision, an agreed plan, a visit or another entry.',
  groups: {
    plans: 'Plans',
    service: 'Beginning and end of the service',
    summaries: 'Summaries',
    disclosures: 'Information asked for and given',
    entries: 'Entries of the client’s narrative',
  },
  ready: 'ready',
  lacks: (what: string) => `missing: ${what}`,
  all: (count: number) => `Show all ${count}`,
  lacksCode: (where: string, own: string, system: string) =>
    `${where} (“${own}” is not in code system ${system})`,
  lacksName: (oid: string) => `the document’s official name (${oid})`,
  invented: 'The code tables are invented',
  inventedWhy: 'They were loaded to try things out. These documents are not passed on.',
  noCodes: 'The national code tables have not been loaded',
  noCodesWhy: 'Without them most documents cannot be made. Ask an administrator to load them.',
  noCodesHere: 'The code tables are not on this device',
  noCodesHereWhy:
    'They are downloaded once there is a network. After that documents are made without one.',
  language: 'Language of the document',
  finnish: 'Finnish',
  swedish: 'Swedish',
  cannot: 'The document cannot be made yet',
  missing: 'Missing:',
  identity: 'The personal identity code is missing',
  identityWhy: 'Ovikello keeps no identity codes. The county’s system adds it.',
  leftOut: (count: number) =>
    count === 1 ? 'One field is left out' : `${count} fields are left out`,
  gone: 'There is no such document',
  goneWhy: 'The entry was removed, or this document cannot be made of it.',
  save: 'Save as a file',
  format: 'Form of the file',
  json: 'For a system (JSON)',
  xhtml: 'To be read (XHTML)',
  pdf: 'On paper (PDF/A)',
  pdfOfSent:
    'The paper is made on the server. Some entries still wait to be sent: they are not on it.',
  noted: 'Saving is noted in the client’s log.',
  saveFile: 'Save',
  saved: 'Document saved',
  pdfNeedsNetwork:
    'PDF is made on the server and needs a network. JSON and XHTML are made without one.',
  notSentYet: 'The entry is not on the server yet. Send it first, or choose JSON or XHTML.',
};
