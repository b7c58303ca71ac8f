/** How the index follows a case file: its summary, and of the shared file the people in it. */

import { moved, summarise, todayOf } from '../domain/summary.ts';
import { own } from '../rules/own.ts';
import type { Batch } from './batch.ts';
import type { CaseSummary, Person, RecordView } from '../model/engine.ts';
import type { StoredFile } from './files.ts';
import type { Copy, OwnChange } from './records.ts';
import type { IndexEntry } from './sync_state.ts';
import type { Store } from './store.ts';
import type { Role } from '../rules/constants.ts';

/** A case file as it is about to be. */
export interface Indexing {
  case: string;
  resetCount: number;
  purge: boolean;
  segments: number;
  last: number;
  /** all of its records; asked for only where the summary has to be made anew */
  views: () => RecordView[] | Promise<RecordView[]>;
  /** those that change, before and after */
  changed?: { gone: RecordView[]; come: RecordView[] };
}

/** The index entry of a file as it is about to be, put into the batch. */
export async function indexed(store: Store, batch: Batch, of: Indexing): Promise<IndexEntry> {
  const { case: caseId, resetCount, segments, last } = of;
  const day = todayOf(store.now());
  let summary = movedOn(store, of, day);
  if (summary === null) {
    const views = await of.views();
    summary = summarise(caseId, views, day);
  }
  const entry: IndexEntry = { case: caseId, resetCount, day, segments, last, summary };
  if (of.purge) entry.purge = true;
  if (caseId === store.session.organisation) entry.people = peopleOf(await of.views());
  batch.put('index', await store.vault.name(caseId), entry);
  return entry;
}

function movedOn(
  store: Store,
  { case: caseId, changed }: Indexing,
  day: string,
): CaseSummary | null {
  const known = store.index.get(caseId);
  if (!changed || !known?.summary || known.day !== day) return null;
  return moved(known.summary, changed.gone, changed.come, day);
}

/** Index entries of these cases as they will be with `added` entries and without those of the counters `gone`. */
export function reindexed(
  store: Store,
  batch: Batch,
  cases: string[],
  added: OwnChange[],
  gone: number[],
): Promise<IndexEntry[]> {
  const kept = (entry: OwnChange) => !gone.includes(entry.n);
  return Promise.all(
    cases.map(async (caseId) => {
      const before = store.outbox.ofCase(caseId);
      const own = added.filter((entry) => entry.change.case === caseId);
      const entries = [...before.filter(kept), ...own];
      const { resetCount = store.syncState.resetCount, purge = false } =
        store.index.get(caseId) ?? {};
      const file = await store.files.of(caseId);
      const touched = [...own, ...before.filter((entry) => !kept(entry))];
      const records = new Set(touched.map(({ change }) => change.record));
      const views = (some: OwnChange[]) =>
        store.viewsOf(only(file, records), some.filter(isOf(records)));
      return indexed(store, batch, {
        ...standingOf(file),
        case: caseId,
        resetCount,
        purge,
        views: () => store.viewsOf(file, entries),
        changed: { gone: views(before), come: views(entries) },
      });
    }),
  );
}

/** Where a file's segments stand, for the index. */
export function standingOf({ segments }: StoredFile): Pick<Indexing, 'segments' | 'last'> {
  return { segments: segments.length, last: segments.at(-1) ?? -1 };
}

function only({ copies, segments }: StoredFile, records: Set<string>): StoredFile {
  const some = [...records].flatMap((id): [string, Copy][] => {
    const copy = copies.get(id);
    return copy ? [[id, copy]] : [];
  });
  return { copies: new Map(some), segments };
}

function isOf(records: Set<string>): (entry: OwnChange) => boolean {
  return ({ change }) => records.has(change.record);
}

function peopleOf(views: RecordView[]): Person[] {
  const text = (view: RecordView, path: string) => {
    const value = own(view.fields, path)?.[0]?.value;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const teamPhones = new Map(
    views.filter((view) => view.kind === 'team').map((view) => [view.id, text(view, 'phone')]),
  );
  return views
    .filter((view) => view.kind === 'person')
    .map((view) => {
      const team = text(view, 'team');
      return {
        id: view.id,
        name: text(view, 'name') ?? '',
        role: text(view, 'role') as Role | null,
        team,
        phone: text(view, 'phone'),
        teamPhone: teamPhones.get(team ?? '') ?? null,
      };
    });
}
