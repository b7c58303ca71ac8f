/** Taking back (Kumoa) and mending: what no request has carried goes as if it had never been; the rest is answered. */

import type { Json } from '../rules/json.ts';
import type { Edit, RecordView } from './engine.ts';
import { viewOf, type Entry } from './records.ts';
import { sentRows } from './take.ts';
import type { Store } from './store.ts';

/** Among how many of the last exchanges an undone change is looked for; *Kumoa* is offered for 8 s. */
const RECENT_ROWS = 20;

export async function undo(store: Store, changes: string[]): Promise<void> {
  const wanted = new Set(changes);
  const recent = (await sentRows(store, RECENT_ROWS)).flat();
  const known = [...recent, ...store.outbox.all()];
  const entries = known.filter((entry) => wanted.has(entry.change.id));
  const untouched = (entry: Entry) =>
    entry.state === 'waiting' && entry.seq === undefined && entry.n > store.standing.carried;
  const restoring: Edit[] = [];
  for (const entry of entries.toReversed()) {
    if (!untouched(entry)) restoring.push(await restored(store, entry));
  }
  const cases = [...new Set(entries.map((entry) => entry.change.case))];
  // The request may have left since: what is removed is judged again inside the turn.
  let left: Entry[] = [];
  await store.mutate(async (batch) => {
    const current = entries.map((entry) => store.outbox.ofChange(entry.change.id)).filter(isThere);
    const gone = current.filter(untouched).map((entry) => entry.n);
    left = current.filter((entry) => !gone.includes(entry.n));
    if (gone.length === 0) return null;
    for (const n of gone) batch.delete('outbox', n);
    const indexed = await store.reindexed(batch, cases, [], gone);
    return {
      durability: 'strict',
      cases,
      after: () => {
        for (const n of gone) store.outbox.remove(n);
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
  const late = left.filter(
    (entry) => !restoring.some(({ record }) => record === entry.change.record),
  );
  for (const entry of late.toReversed()) restoring.push(await restored(store, entry));
  if (restoring.length > 0) await store.save(restoring);
}

function isThere<T>(item: T | undefined): item is T {
  return item !== undefined;
}

/** The edit that puts back what stood before, having seen only one's own change: what others wrote since stays. */
async function restored(store: Store, { change, before, first }: Entry): Promise<Edit> {
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
  const saw = view ? shownIds(view) : [];
  const removed: Json = { saw };
  const standing = view?.fields['removed']?.map((version) => version.change) ?? [];
  return { set: { removed }, seen: standing.length > 0 ? { removed: standing } : {} };
}

function shownIds({ fields }: RecordView): string[] {
  const others = Object.entries(fields).filter(([path]) => path !== 'removed');
  return [
    ...new Set(others.flatMap(([, versions]) => versions.map(({ change }) => change))),
  ].sort();
}
