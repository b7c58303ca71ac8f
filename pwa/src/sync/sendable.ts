/** What the next request carries of the outbox and of the readings, without what no server would take (R11). */

import { BATCH_CHANGES_MAX, READS_MAX } from '../rules/constants.ts';
import type { Reading } from '../model/outgoing.ts';
import { quarantineFaulty } from '../store/quarantine.ts';
import type { OwnChange } from '../store/records.ts';
import type { Store } from '../store/store.ts';

const BATCH_BYTES_MAX = 1536 * 1024;

export async function sendable(
  store: Store,
  share: number,
): Promise<{ batch: OwnChange[]; reads: Reading[] }> {
  for (;;) {
    const batch = batchOf(store.outbox.waiting(), share);
    const reads = await readings(store);
    if (!(await quarantineFaulty(store, batch, reads))) return { batch, reads };
  }
}

function batchOf<T extends { change: unknown }>(waiting: T[], share: number): T[] {
  let bytes = 0;
  const batch: T[] = [];
  for (const entry of waiting) {
    bytes += JSON.stringify(entry.change).length;
    const isFull = bytes > BATCH_BYTES_MAX * share || batch.length >= BATCH_CHANGES_MAX * share;
    if (isFull && batch.length > 0) break;
    batch.push(entry);
  }
  return batch;
}

async function readings(store: Store): Promise<Reading[]> {
  const keys = await store.db.getAllKeys('reads', null, READS_MAX);
  const rows = await store.db.getAll('reads', null, READS_MAX);
  return store.openRows<Reading>('reads', keys, rows);
}
