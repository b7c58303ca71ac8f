/** What the phone makes documents from: the records of the file, the people and partners they name, and the loaded code tables. */

import { apiCommand, apiRequest, type Shape } from '../../app/api.ts';
import { app } from '../../app/app.svelte.ts';
import type { CaseFile } from '../../case/case_file.svelte.ts';
import { valuesOf } from '../../domain/columns.ts';
import { latestVersion, textOf } from '../../domain/records.ts';
import type { Json, RecordView } from '../../model/engine.ts';
import type { DocumentLanguage, Given, Told } from '../../rules/declared_documents.ts';
import { instantOf } from '../../rules/time.ts';

/** A script of its own beside those of the screens. */
export const { declared, labels } = (await import('virtual:documents')).default;

export type NationalCodes = Shape['NationalCodes'];
/** the sheet that asks for form and password */
export const SAVE_DOCUMENT = 'save-document';
/** sealed on this device: the code tables as last answered, and what was made while nobody heard of it */
const KEPT = 'nationalCodes';
const UNTOLD = 'documentsMade';

interface Making {
  path: string;
  format: string;
  at: string;
}

export async function keptCodes(): Promise<NationalCodes | null> {
  return (await app.engine.preference(KEPT)) as NationalCodes | null;
}

/** As the server has them now; those of before where it does not answer. */
export async function freshCodes(): Promise<NationalCodes | null> {
  const told = await apiRequest<NationalCodes>('GET', '/api/documents/codes', 'partners');
  if ('failed' in told) return keptCodes();
  await app.engine.setPreference(KEPT, told.ok as unknown as Json);
  return told.ok;
}

let isKept = false;

/** Once a session: the tables for later, and what was made earlier. */
export async function keepCodes(): Promise<void> {
  if (isKept) return;
  isKept = true;
  await freshCodes();
  await tellMakings();
}

export function toldOf(record: RecordView): Told {
  const author = latestVersion(record)?.author ?? '';
  return { id: record.id, kind: record.kind, author, values: valuesOf(record) };
}

/** The partners that members of the network are with stand in the organisation's file. */
export async function partnersOf(file: CaseFile): Promise<Told[]> {
  const organisation = app.session?.organisation ?? '';
  const ids = file.records.map((record) => textOf(record, 'partner')).filter((id) => id !== '');
  const found = await Promise.all(
    [...new Set(ids)].map((id) => app.engine.record(organisation, id)),
  );
  return found
    .filter((record) => record?.kind === 'partner')
    .map((record) => toldOf(record as RecordView));
}

export function givenFor(
  record: string,
  all: Told[],
  partners: Told[],
  codes: NationalCodes | null,
  language: DocumentLanguage,
): Given | null {
  const own = all.find((one) => one.id === record);
  if (own === undefined) return null;
  const people = [...app.people.values()].map((person): Told => {
    const { id, name, role, phone } = person;
    return { id, kind: 'person', author: '', values: { name, role, phone } };
  });
  return {
    record: own,
    records: [...all.filter((one) => one !== own), ...people, ...partners],
    codes: (codes ?? { codes: {}, partners: {} }) as Given['codes'],
    labels,
    language,
  };
}

/** [L3] Notes that a document was made here; where nobody hears it, it waits, sealed, beside the reading of the file. */
export async function noteMaking(caseId: string, key: string, record: string, format: string) {
  const path = `/api/cases/${caseId}/documents/${key}/${record}`;
  await app.engine.logAccess(caseId);
  await change((waiting) => [...waiting, { path, format, at: instantOf(Date.now()) }]);
  await tellMakings();
}

/** What was made without a network, in its order; only what can never be a note is not told again. */
export function tellMakings(): Promise<void> {
  telling = telling.then(tellAll, tellAll);
  return telling;
}

/** One after another: two at once would tell the same twice. */
let telling = Promise.resolve();
/** refused whoever asks, and whenever */
const NO_NOTE = new Set(['fields_invalid', 'not_found']);

async function tellAll(): Promise<void> {
  for (;;) {
    const [first] = await untold();
    if (first === undefined) return;
    const { path, format, at } = first;
    const failed = await apiCommand('POST', path, { format, at });
    if (failed !== null && (failed === 'no_connection' || !NO_NOTE.has(failed.code))) return;
    // Another may have come meanwhile: only the one that was told goes.
    await change((waiting) => waiting.slice(1));
  }
}

let changing = Promise.resolve();

/** One change after another: what was read is still so when it is written. */
function change(by: (waiting: Making[]) => Making[]): Promise<void> {
  const changed = async () => {
    await app.engine.setPreference(UNTOLD, by(await untold()) as unknown as Json);
  };
  changing = changing.then(changed, changed);
  return changing;
}

async function untold(): Promise<Making[]> {
  return ((await app.engine.preference(UNTOLD)) ?? []) as unknown as Making[];
}
