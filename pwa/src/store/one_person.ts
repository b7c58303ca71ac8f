/** [H7] In which file of a client who was entered twice a record lies: nothing moves from one to the other. */

import { asOne } from '../domain/joined_clients.ts';
import type { Edit } from '../model/engine.ts';
import type { Store } from './store.ts';

/** The file that holds the record: `caseId`, or another one of the same client. Of a new record `caseId`. */
export async function inOwnFile(store: Store, caseId: string, record: string): Promise<string> {
  for (const file of [caseId, ...othersOf(store, caseId)])
    // What waits on this device is laid over nothing in the other files too: the record says which one is its own.
    if ((await store.record(file, record))?.case === file) return file;
  return caseId;
}

/** Edits of records that are there already go into the file in which each lies. */
export function inOwnFiles(store: Store, edits: Edit[]): Promise<Edit[]> {
  const one = async (edit: Edit) => ({
    ...edit,
    case: await inOwnFile(store, edit.case, edit.record),
  });
  return Promise.all(edits.map(one));
}

function othersOf({ index }: Store, caseId: string): string[] {
  const clients = [...index.values()].flatMap(({ summary }) => summary ?? []);
  const { also = [], case: kept } =
    asOne(clients).find((one) => one.case === caseId || one.also?.includes(caseId)) ?? {};
  return kept === undefined ? [] : [kept, ...also].filter((file) => file !== caseId);
}
