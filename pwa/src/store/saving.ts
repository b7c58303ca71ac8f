/** From what a person wrote to changes that wait in the outbox (R1, M11). */

import { inherited, type Change } from '../rules/merge.ts';
import { own } from '../rules/own.ts';
import type { Batch } from './batch.ts';
import type { Edit, RecordView } from '../model/engine.ts';
import { reindexed } from './indexing.ts';
import { viewOf, type OwnChange } from './records.ts';
import type { Store } from './store.ts';

/**
 * [R1] All edits in one local transaction, with the summaries of their cases. `also` adds to it what goes with them, and
 * names the outbox's counters that they take the place of. Answers the ids of the changes. Throws `NotTaken`.
 */
export async function save(
  store: Store,
  edits: Edit[],
  also: (batch: Batch) => number[] = () => [],
): Promise<string[]> {
  let ids: string[] = [];
  await store.mutate(async (batch) => {
    const gone = also(batch);
    const entries = await entriesOf(store, edits);
    for (const entry of entries) batch.put('outbox', entry.n, entry);
    const cases = [...new Set(edits.map((edit) => edit.case))];
    const indexed = await reindexed(store, batch, cases, entries, gone);
    ids = entries.map((entry) => entry.change.id);
    return {
      durability: 'strict',
      cases,
      after: () => {
        for (const n of gone) store.outbox.remove(n);
        for (const entry of entries) store.outbox.put(entry);
        for (const entry of indexed) store.index.set(entry.case, entry);
      },
    };
  });
  return ids;
}

async function entriesOf(store: Store, edits: Edit[]): Promise<OwnChange[]> {
  const { inWholeCharacters, letIn } = await import('./quarantine.ts');
  const entries: OwnChange[] = [];
  let n = Math.max(
    store.outbox.lastCounter(),
    store.syncState.counter,
    store.syncState.lastSentCounter,
  );
  for (const edit of edits) {
    const beneath = [
      ...store.outbox.ofRecord(edit.record),
      ...entries.filter(({ change }) => change.record === edit.record),
    ];
    const file = await store.files.of(edit.case);
    const copy = file.copies.get(edit.record);
    const view = viewOf(copy, beneath, store.session.user);
    const pending = beneath.map((entry) => entry.change);
    const change = letIn(changeOf(store, inWholeCharacters(edit), pending));
    entries.push({
      n: (n += 1),
      save: entries[0]?.save ?? change.id,
      change,
      before: valuesBefore(view, Object.keys(edit.set)),
      first: view === null,
      hasNoServerCopy:
        copy === undefined && beneath.every(({ hasNoServerCopy }) => hasNoServerCopy === true),
      state: 'waiting',
    });
  }
  return entries;
}

/** [M11, W5] */
function changeOf(
  store: Store,
  { record, kind, case: caseId, set, seen }: Edit,
  pending: Change[],
): Change {
  const at = store.stamp();
  const named = Object.entries(seen).filter(
    ([path, ids]) => Object.hasOwn(set, path) && ids.length > 0,
  );
  const full = inherited(Object.fromEntries(named), pending);
  const id = crypto.randomUUID();
  return { id, record, kind, case: caseId, at, set, seen: full };
}

function valuesBefore(view: RecordView | null, paths: string[]): OwnChange['before'] {
  return Object.fromEntries(
    paths.map((path) => [path, own(view?.fields, path)?.[0]?.value ?? null]),
  );
}
