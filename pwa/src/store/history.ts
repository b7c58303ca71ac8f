/** The history of a record: what the server's log holds, and on top what has not got there yet (L4). */

import { parse } from '../rules/clock.ts';
import { readHistory } from '../sync/history.ts';
import type { Link } from '../sync/wire.ts';
import type { HistoryEntry } from './engine.ts';
import type { Store } from './store.ts';

/** Newest first. Without a connection what was fetched before is shown, and said not to be complete. */
export async function history(
  store: Store,
  link: Link,
  caseId: string,
  recordId: string,
): Promise<{ entries: HistoryEntry[]; complete: boolean }> {
  const name = `history ${await store.vault.name(recordId)}`;
  const fetched = await readHistory(link, caseId, recordId);
  if (fetched) {
    await store.mutate((batch) => {
      batch.put('state', name, fetched);
      return { durability: 'relaxed', cases: [], after: () => undefined };
    });
  }
  const known = fetched ?? (await store.readState<HistoryEntry[]>(name)) ?? [];
  const ids = new Set(known.map((entry) => entry.change));
  const own = store.outbox.ofRecord(recordId).filter(({ change }) => !ids.has(change.id));
  const pending = own.map(({ change }): HistoryEntry => ({
    change: change.id,
    at: parse(change.at).time_ms,
    received: null,
    author: store.session.user,
    set: change.set,
    pending: true,
  }));
  return { entries: [...pending.toReversed(), ...known], complete: fetched !== null };
}
