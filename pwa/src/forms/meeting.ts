/** Where and how a visit begins that nobody has described yet. */

import { listOf } from '../domain/records.ts';
import type { RecordView } from '../model/engine.ts';

export interface Meeting {
  visitKind: string;
  mode: string;
  place: string;
}

const atHome: Meeting = {
  visitKind: 'home_visit',
  mode: 'face_to_face',
  place: 'client_home',
};
const elsewhere: Meeting = { ...atHome, visitKind: 'support_visit', place: 'agreed_place' };

/** At home, but never proposed where nobody is to go: the flag stands in the client's own record. */
export function meetingOf(records: RecordView[]): Meeting {
  const client = records.find(({ kind }) => kind === 'case') ?? null;
  return listOf(client, 'safety').includes('no_home_visit') ? elsewhere : atHome;
}
