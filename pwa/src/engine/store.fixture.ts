/** An unlocked store for tests, without the seconds that a password costs. The cast is the field's own. */

import type { Change } from '../rules/merge.ts';
import { ORGANISATION } from '../sync/office.fixture.ts';
import type { Page, Verdict } from '../sync/messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';
import type { Edit, Session } from '../model/engine.ts';
import type { WireRecord } from '../store/records.ts';
import { Store } from '../store/store.ts';
import { Vault } from '../store/vault.ts';

export const AINO: Session = {
  profile: 'profile-aino',
  user: 'aino',
  organisation: ORGANISATION,
  production: false,
};

export interface Clock {
  ms: number;
}

/** Aino's store. `key` opens the same one again, as a second tab does. */
export async function ainosStore(
  key?: Vault,
  clock: Clock = { ms: 1_764_755_100_000 },
): Promise<Store> {
  const vault = key ? Vault.ofKey(key.profile, key.dataKey()) : Vault.fresh(AINO.profile);
  return Store.open(
    vault,
    () => clock.ms,
    () => undefined,
    key ? undefined : AINO,
  );
}

export function note(text: string, record = 'note-1', seen: Edit['seen'] = {}): Edit {
  return { record, kind: 'note', case: 'case-1', set: { text }, seen };
}

/** A record as the server sends it: one value of one change. */
export function wireNote(
  seq: number,
  text: string,
  change = `c-${seq}`,
  id = 'note-1',
  caseId = 'case-1',
): WireRecord {
  const at = stampOf(seq);
  return {
    seq,
    id,
    kind: 'note',
    case: caseId,
    by: [[change, at, 'liisa']],
    fields: { text: [[0, text]] },
  };
}

export function wireCase(seq: number, caseId: string, name: string): WireRecord {
  const by: WireRecord['by'] = [[`head-${caseId}`, stampOf(seq), 'mikko']];
  const fields: WireRecord['fields'] = { client_name: [[0, name]], client_id: [[0, 'OV-0001']] };
  return { seq, id: caseId, kind: 'case', case: caseId, by, fields };
}

export function stampOf(ms: number): string {
  return `${String(1_764_755_000_000 + ms)}-0000-0123456789ab`;
}

export function requestOf(
  store: Store,
  changes: Change[] = store.outbox.waiting().map((entry) => entry.change),
): SyncRequest {
  const { cursor } = store.syncState;
  return { protocol: 2, schema: 1, device: 'phone', cursor, changes, more_follow: false };
}

export function page(given: Partial<Page> = {}): Page {
  return {
    protocol: 2,
    epoch: 'epoch-1',
    server_time: 1_764_755_100_000,
    backed_up_seq: 0,
    verdicts: [],
    touched: [],
    files: [],
    records: [],
    cursor: 'cursor-1',
    more: false,
    progress: null,
    ...given,
  };
}

export function applied(request: SyncRequest, seq: number): Verdict[] {
  return request.changes.map(({ id }, at) => ({ id, verdict: 'applied', seq: seq + at }));
}

/** The change as the server then holds it. */
export function wireOf(change: Change, seq: number, author = 'aino'): WireRecord {
  const { id, record, kind, case: caseId, at, set } = change;
  const fields = Object.fromEntries(
    Object.entries(set).map(([path, value]) => [path, [[0, value] as const]]),
  );
  return { seq, id: record, kind, case: caseId, by: [[id, at, author]], fields };
}
