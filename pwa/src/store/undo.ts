/** Taking back (Kumoa) and fixing: what no request has carried goes as if it had never been; the rest is answered. */

import type { Json } from '../rules/json.ts';
import { removal as ruleOfRemoval } from '../rules/merge.ts';
import type { Edit } from '../model/engine.ts';
import { reindexed } from './indexing.ts';
import { viewOf, type OwnChange } from './records.ts';
import { save } from './saving.ts';
import { sentRows } from './sent.ts';
import type { Store } from './store.ts';

/** Among how many of the last exchanges an undone change is looked for; *Kumoa* is offered for 8 s. */
const RECENT_ROWS = 20;

/** Takes these changes back. Throws nothing for what is not known any more. */
export async function undo(store: Store, changes: string[]): Promise<void> {
  const left = await withoutTrace(store, new Set(changes));
  if (left.size === 0) return;
  const recent = (await sentRows(store, RECENT_ROWS)).flat();
  const entries = [...recent, ...store.outbox.all()].filter(({ change }) => left.has(change.id));
  const edits: Edit[] = [];
  for (const entry of entries.toReversed()) edits.push(await restored(store, entry));
  if (edits.length > 0) await save(store, edits);
}

/** Drops what nobody but this device has heard of; answers the ids of the others. */
async function withoutTrace(store: Store, changes: Set<string>): Promise<Set<string>> {
  const left = new Set(changes);
  await store.mutate(async (batch) => {
    const entries = store.outbox.all().filter(({ change }) => changes.has(change.id));
    const gone = entries.filter((entry) => isUnheard(entry, store.syncState.lastSentCounter));
    if (gone.length === 0) return null;
    for (const { n } of gone) batch.delete('outbox', n);
    const cases = [...new Set(gone.map(({ change }) => change.case))];
    const counters = gone.map(({ n }) => n);
    const indexed = await reindexed(store, batch, cases, [], counters);
    return {
      durability: 'strict',
      cases,
      after: () => {
        for (const n of counters) store.outbox.remove(n);
        for (const entry of indexed) store.index.set(entry.case, entry);
        for (const { change } of gone) left.delete(change.id);
      },
    };
  });
  return left;
}

/** A refused change is nowhere but here; a waiting one may have arrived once a request has carried it. */
function isUnheard({ state, seq, n }: OwnChange, lastSentCounter: number): boolean {
  return state === 'refused' || (state === 'waiting' && seq === undefined && n > lastSentCounter);
}

/** The edit that puts back what stood before, having seen only one's own change: what others wrote since stays. */
async function restored(store: Store, { change, before, first }: OwnChange): Promise<Edit> {
  const { record, kind, case: caseId } = change;
  if (first) return { record, kind, case: caseId, ...(await removal(store, caseId, record)) };
  const seen = Object.keys(before).map((path): [string, string[]] => [path, [change.id]]);
  return { record, kind, case: caseId, set: before, seen: Object.fromEntries(seen) };
}

/** [M7] A record that this change began is removed, with all that it shows. */
async function removal(
  store: Store,
  caseId: string,
  record: string,
): Promise<Pick<Edit, 'set' | 'seen'>> {
  const file = await store.files.of(caseId);
  const view = viewOf(file.copies.get(record), store.outbox.ofRecord(record), store.session.user);
  const removed: Json = view ? { ...ruleOfRemoval(view) } : { saw: [] };
  const current = view?.fields['removed']?.map((version) => version.change) ?? [];
  return { set: { removed }, seen: current.length > 0 ? { removed: current } : {} };
}
