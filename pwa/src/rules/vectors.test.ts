/** The bond between the twins: every case of every file in `tests/vectors`, as its README says. */

import { describe, expect, test } from 'vitest';
import * as alike from './alike.ts';
import * as clock from './clock.ts';
import * as conditions from './conditions.ts';
import * as contractedHours from './contracted_hours.ts';
import * as dates from './dates.ts';
import * as digest from './digest.ts';
import * as documentPage from './document_page.ts';
import * as documents from './documents.ts';
import * as folding from './fold.ts';
import * as freeDays from './free_days.ts';
import * as homeFound from './home_found.ts';
import type { Json } from './json.ts';
import * as merge from './merge.ts';
import * as names from './names.ts';
import * as onePerson from './one_person.ts';
import * as phases from './phases.ts';
import * as phones from './phones.ts';
import * as series from '../domain/series.ts';
import * as shape from './shape.ts';

interface Case {
  rule: string;
  name: string;
  given: Record<string, unknown>;
  when: string;
  then: unknown;
}

/** A function, and its arguments in order by the names that the vectors give them. */
type Twin = [twin: (...given: never[]) => unknown, ...names: string[]];

const twins: Record<string, Record<string, Twin>> = {
  names: { normalized_name: [names.normalizedName, 'typed'] },
  fold: { fold: [folding.fold, 'text'] },
  alike: {
    likeness_of: [alike.likenessOf, 'name', 'birth_year', 'phone'],
    are_alike: [alike.areAlike, 'entered', 'known'],
  },
  free_days: { public_holidays: [freeDays.publicHolidays, 'year'] },
  series: {
    series_spans: [series.seriesSpans, 'first', 'weeks', 'until', 'most'],
    followers: [series.followers, 'visits', 'number', 'now'],
    shifted: [series.shifted, 'agreed', 'was', 'to'],
  },
  one_person: { kept_files: [onePerson.keptFiles, 'named', 'files'] },
  phases: { phases_in_order: [phases.phasesInOrder, 'phases'] },
  phones: { dialled: [phones.dialled, 'written'] },
  conditions: {
    holds: [conditions.holds, 'condition', 'about'],
    unmet: [conditions.unmet, 'rules', 'strength', 'about'],
    day_in_finland: [conditions.dayInFinland, 'moment'],
  },
  contracted_hours: {
    contracted_spans: [
      contractedHours.contractedSpans,
      'contract',
      'hours_of_phase',
      'first',
      'last',
    ],
  },
  clock: {
    is_stamp: [clock.isStamp, 'text'],
    parse: [(text: string): unknown[] => Object.values(clock.parse(text)), 'text'],
    write: [writeParts, 'stamp'],
    tick: [clock.tick, 'last', 'now_ms', 'node'],
    receive: [clock.receive, 'last', 'other', 'now_ms', 'node'],
    rank: [clock.rank, 'at', 'received'],
  },
  merge: {
    canonical: [merge.canonical, 'value'],
    apply: [applyArrived, 'state', 'change', 'rank', 'author', 'arrived'],
    in_order: [merge.inOrder, 'versions'],
    replay: [replayEveryWay, 'entries'],
    overlay: [merge.overlay, 'state', 'pending', 'author'],
    change_ids: [(state: merge.State) => [...merge.changeIds(state)].sort(), 'state'],
    shown: [merge.shown, 'state'],
    differing: [merge.differing, 'state'],
    differs: [merge.differs, 'versions'],
    inherited: [merge.inherited, 'seen', 'pending'],
    removal: [merge.removal, 'state'],
    removed_state: [merge.removedState, 'state'],
    pack: [merge.pack, 'state'],
    unpack: [merge.unpack, 'record'],
  },
  dates: {
    is_day: [dates.isDay, 'text'],
    is_instant: [dates.isInstant, 'text'],
  },
  digest: {
    digest_entry: [hexOf(digest.digestEntry), 'record', 'path', 'version'],
    digest: [digest.digest, 'records'],
    digests: [digest.digests, 'records'],
    digest_changed: [hexOf(digest.digestChanged), 'record', 'before', 'after'],
  },
  documents: {
    key_of: [documents.keyOf, 'name'],
    document_of: [documents.documentOf, 'declared', 'key'],
    offered_documents: [documents.offeredDocuments, 'declared', 'told'],
    made_document: [documents.madeDocument, 'document', 'given'],
  },
  document_page: {
    document_rows: [documentPage.documentRows, 'document', 'content', 'language'],
    document_xhtml: [documentPage.documentXhtml, 'document', 'name', 'rows', 'language'],
    escaped: [documentPage.escaped, 'text'],
  },
  home_found: {
    had_home: [homeFound.hadHome, 'begun', 'homes'],
    first_home: [homeFound.firstHome, 'begun', 'homes'],
  },
  shape: {
    is_id: [shape.isId, 'value'],
    is_path: [shape.isPath, 'path'],
    read_fault: [shape.readFault, 'sent'],
    change_fault: [shape.changeFault, 'sent'],
  },
};

const files = import.meta.glob<Case[]>('../../../tests/vectors/*.json', {
  eager: true,
  import: 'default',
});

for (const [path, cases] of Object.entries(files)) {
  const file = path.replace(/^.*\/(.*)\.json$/, '$1');
  describe(file, () => {
    for (const { rule, name, given, when, then } of cases) {
      test(`[${rule}] ${when}: ${name}`, () => {
        const run = () => answerOf(file, when, given);
        if (then === 'refused') expect(run).toThrow();
        else expect(run()).toEqual(then);
      });
    }
  });
}

test('[C1] [M1] [D1] [T1] the vectors of all twins are there', () => {
  expect(Object.keys(files)).toHaveLength(Object.keys(twins).length);
});

function answerOf(file: string, when: string, given: Record<string, unknown>): unknown {
  const known = twins[file]?.[when];
  if (!known) throw new Error(`no twin of ${file}.${when}`);
  const [twin, ...names] = known;
  const answer = twin(...(names.map((name) => withVersions(name, given[name])) as never[]));
  return JSON.parse(JSON.stringify(answer, asInVectors)) as unknown;
}

type Tuple = [change: string, rank: string, author: string, value: Json];
type Bare = Record<string, Tuple[]>;

/** The vectors write a version as `[change, rank, author, value]`. */
function withVersions(name: string, given: unknown): unknown {
  const one = ([change, rank, author, value]: Tuple): merge.Version => ({
    change,
    rank,
    author,
    value,
  });
  const all = (fields: Bare) =>
    Object.fromEntries(Object.entries(fields).map(([path, versions]) => [path, versions.map(one)]));
  const state = (bare: { fields: Bare }) => ({ ...bare, fields: all(bare.fields) });
  switch (name) {
    case 'version':
      return one(given as Tuple);
    case 'versions':
      return (given as Tuple[]).map(one);
    case 'before':
    case 'after':
      return all(given as Bare);
    case 'state':
      return state(given as { fields: Bare });
    case 'records':
      return (given as [...string[], { fields: Bare }][]).map((record) => [
        ...record.slice(0, -1),
        state(record.at(-1) as { fields: Bare }),
      ]);
    default:
      return given;
  }
}

function asInVectors(_key: string, value: unknown): unknown {
  const isVersion =
    value !== null && typeof value === 'object' && 'rank' in value && 'value' in value;
  if (!isVersion) return value;
  const { change, rank, author, value: held } = value as merge.Version;
  return [change, rank, author, held];
}

function writeParts([time_ms, counter, node]: [number, number, string]): string {
  return clock.write({ time_ms, counter, node });
}

function applyArrived(
  state: merge.State,
  change: merge.Change,
  rank: string,
  author: string,
  arrived: string[] = [],
): merge.State {
  return merge.apply(state, change, rank, author, new Set(arrived));
}

function hexOf<A extends unknown[]>(twin: (...given: A) => bigint): (...given: A) => string {
  return (...given) => digest.written(twin(...given));
}

/** A `replay` case holds for every order of its entries, and for every entry given twice. */
function replayEveryWay(entries: merge.LogEntry[]): merge.State {
  const state = merge.replay(entries);
  const orders = entries.length <= 5 ? ordersOf(entries) : [entries.toReversed()];
  for (const order of orders) {
    expect(merge.replay(order)).toEqual(state);
    expect(merge.replay([...order, ...order])).toEqual(state);
  }
  return state;
}

function ordersOf<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
