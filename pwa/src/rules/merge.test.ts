/** The laws of merging (M), for any order, any repetition and any batching; mirrors `tests/sync` in Python. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from './json.ts';
import * as merge from './merge.ts';

const PATHS = ['note', 'place', 'ticks/a'];
const PEOPLE = ['aino', 'liisa', 'mikko'];

/** How somebody came to write: which path, which value, and which of the earlier changes on it they had seen. */
const drafts = fc.array(
  fc.record({
    author: fc.constantFrom(...PEOPLE),
    path: fc.constantFrom(...PATHS),
    value: fc.constantFrom<Json>('x', 'y', '', null, 0, 1, true, false, ['x'], { a: 1, b: 2 }),
    rank: fc.integer({ min: 0, max: 5 }),
    seen: fc.array(fc.nat(20), { maxLength: 4 }),
  }),
  { maxLength: 9 },
);

type Draft = typeof drafts extends fc.Arbitrary<(infer D)[]> ? D : never;

function logOf(made: Draft[]): merge.LogEntry[] {
  return made.map(({ author, path, value, rank, seen }, at) => {
    const earlier = seen.filter((one) => one < at).map((one) => `c${one}`);
    const named: Record<string, string[]> =
      earlier.length > 0 ? { [path]: [...new Set(earlier)] } : {};
    const change = {
      id: `c${at}`,
      record: 'r',
      kind: 'note',
      case: 'k',
      at: `r${rank}`,
      set: { [path]: value },
      seen: named,
    };
    return { change, rank: `r${rank}`, author };
  });
}

const logs = drafts.map(logOf);

const shuffled = logs.chain((log) =>
  fc.tuple(
    fc.constant(log),
    fc.shuffledSubarray(log, { minLength: log.length, maxLength: log.length }),
  ),
);

test('[M1] any order of arrival gives one state', () => {
  fc.assert(
    fc.property(shuffled, ([log, order]) => {
      expect(merge.replay(order)).toEqual(merge.replay(log));
    }),
    { numRuns: 500 },
  );
});

test('[M8] any repetition gives the same state', () => {
  fc.assert(
    fc.property(logs, fc.array(fc.nat(20), { maxLength: 10 }), (log, repeats) => {
      const again = repeats.flatMap((at) => log.slice(at, at + 1));
      expect(merge.replay([...log, ...again])).toEqual(merge.replay(log));
    }),
  );
});

test('[M2] once everything has arrived nothing is awaited', () => {
  fc.assert(
    fc.property(shuffled, ([, order]) => {
      expect(merge.replay(order).awaited).toEqual({});
    }),
  );
});

test('[M1] no value disappears that nobody had seen', () => {
  fc.assert(
    fc.property(shuffled, ([log, order]) => {
      const { fields } = merge.replay(order);
      for (const { change } of log) {
        for (const [path, value] of Object.entries(change.set)) {
          const isSeen = log.some((other) => other.change.seen[path]?.includes(change.id));
          const held = fields[path]?.find((one) => one.change === change.id);
          expect(held?.value ?? null).toEqual(isSeen ? null : value);
          expect(held === undefined).toBe(isSeen);
        }
      }
    }),
  );
});

test('[M3] held versions fall by rank, then by change', () => {
  fc.assert(
    fc.property(logs, (log) => {
      for (const versions of Object.values(merge.replay(log).fields)) {
        const keys = versions.map(({ change, rank }) => `${rank} ${change}`);
        expect(keys).toEqual(keys.toSorted().toReversed());
      }
    }),
  );
});

test('[M9] laying the pending on the copy is what the server will hold once it has them', () => {
  fc.assert(
    fc.property(logs, fc.nat(9), (log, cut) => {
      const copy = merge.replay(log.slice(0, cut));
      const mine = log.slice(cut).map((entry) => ({ ...entry, author: 'aino' }));
      const shown = merge.overlay(
        copy,
        mine.map(({ change }) => change),
        'aino',
      );
      expect(shown.fields).toEqual(merge.replay([...log.slice(0, cut), ...mine]).fields);
    }),
  );
});

test('[M10] [M11] who names what was shown and what lay beneath leaves only what was not shown', () => {
  fc.assert(
    fc.property(logs, fc.constantFrom(...PATHS), (log, path) => {
      const state = merge.replay(log);
      const seen = merge.shown(state)[path] ?? [];
      const change = {
        id: 'mine',
        record: 'r',
        kind: 'note',
        case: 'k',
        at: 'r9',
        set: { [path]: 'z' },
        seen: { [path]: seen },
      };
      const next = merge.apply(
        state,
        change,
        'r9',
        'aino',
        new Set(log.map((one) => one.change.id)),
      );
      const held = state.fields[path] ?? [];
      const left = held.filter(
        ({ value }) => JSON.stringify(value) !== JSON.stringify(held[0]?.value),
      );
      expect(next.fields[path]).toEqual([
        { change: 'mine', rank: 'r9', author: 'aino', value: 'z' },
        ...left,
      ]);
    }),
  );
});

test('[M4] the canonical spelling depends on nothing but the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const spelled = spelling(value);
      if (spelled === null) return;
      expect(spelling(JSON.parse(spelled))).toBe(spelled);
      expect(spelling(reversed(value))).toBe(spelled);
    }),
  );
});

test('[W9] packing and unpacking changes nothing', () => {
  fc.assert(
    fc.property(logs, (log) => {
      const state = { ...merge.replay(log), awaited: {} };
      expect(merge.unpack(merge.pack(state))).toEqual(state);
    }),
  );
});

test('[M7] a removal is whole for who has seen all, and is told when something came since', () => {
  fc.assert(
    fc.property(logs, (log) => {
      const state = merge.replay(log);
      const removal = {
        id: 'gone',
        record: 'r',
        kind: 'note',
        case: 'k',
        at: 'r9',
        set: { removed: { ...merge.removal(state) } },
        seen: {},
      };
      const removed = merge.apply(
        state,
        removal,
        'r9',
        'aino',
        new Set(log.map((one) => one.change.id)),
      );
      const hidden = merge.differing(state).length > 0;
      expect(merge.removedState(removed)).toBe(hidden ? 'changed_since' : 'removed');
    }),
  );
});

function spelling(value: unknown): string | null {
  try {
    return merge.canonical(value);
  } catch {
    return null;
  }
}

/** The same value with its keys written the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
