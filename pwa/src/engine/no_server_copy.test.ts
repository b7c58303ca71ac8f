/** What is known of a new record without opening its case file: the index must be as if it had been opened. */

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarise, todayOf } from '../domain/summary.ts';
import type { Edit } from '../model/engine.ts';
import type { Verdict } from '../sync/messages.ts';
import { ainosStore, page, requestOf, stampOf, wireCase, wireOf } from './store.fixture.ts';
import type { Store } from '../store/store.ts';
import { applyReset } from '../sync/apply/reset.ts';
import { save } from '../store/saving.ts';
import { applyReply } from '../sync/apply/apply_reply.ts';
import { undo } from '../store/undo.ts';

const CASE = 'case-1';

type Step =
  | { do: 'save'; record: number; minutes: number }
  | { do: 'forget' | 'undo' | 'reset' | 'colleague' }
  | { do: 'send'; verdict: Verdict['verdict']; copies: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), record: fc.nat(3), minutes: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), verdict: fc.constantFrom('applied', 'in_review', 'refused'), copies: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('forget', 'forget', 'undo', 'reset', 'colleague') }) },
); // prettier-ignore

function visit(record: number, minutes: number, nowMs: number): Edit {
  const at = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '');
  const start = nowMs - minutes * 60_000;
  const set = {
    actual: { start: at(start), end: at(start + 60_000) },
    outcome: { code: 'done' },
    'minutes/client_work_direct': minutes,
  };
  return { record: `v-${record}`, kind: 'visit', case: CASE, set, seen: {} };
}

/** The one that showed why a copy that comes first has to be noted on the entries. */
const answerLost: Step[] = [
  { do: 'save', record: 0, minutes: 10 },
  { do: 'forget' },
  { do: 'colleague' },
  { do: 'forget' },
  { do: 'send', verdict: 'applied', copies: true },
];

let seq = 1;

async function run(store: Store, one: Step): Promise<void> {
  const cursor = `c${(seq += 1)}`;
  if (one.do === 'save') await save(store, [visit(one.record, one.minutes, store.now())]);
  if (one.do === 'forget') store.files.forgetAll();
  if (one.do === 'undo')
    await undo(
      store,
      store.outbox
        .all()
        .map(({ change }) => change.id)
        .slice(-1),
    );
  if (one.do === 'reset')
    await applyReset(store, requestOf(store, []), { protocol: 2, epoch: 'e', server_time: 0 });
  if (one.do === 'colleague') {
    // The own change has arrived and its answer was lost; Liisa has replaced it: a copy comes while it still waits.
    const [first] = requestOf(store).changes;
    const set = { ...first?.set, 'minutes/client_work_direct': 77 };
    const theirs = first && { ...first, id: `liisas-${seq}`, at: stampOf(160_000), set };
    const records = theirs ? [wireOf(theirs, (seq += 1), 'liisa')] : [];
    await applyReply(store, requestOf(store, []), page({ records, cursor }));
  }
  if (one.do === 'send') {
    const request = requestOf(store);
    const verdicts = request.changes.map(({ id }) => {
      const said: Verdict = { id, verdict: one.verdict };
      return one.verdict === 'applied' ? { ...said, seq: (seq += 1) } : said;
    });
    const arrived = one.verdict === 'applied' && one.copies ? request.changes : [];
    const byRecord = new Map(arrived.map((change) => [change.record, change]));
    const touched = [...byRecord.values()].map((change) => wireOf(change, (seq += 1)));
    await applyReply(store, request, page({ verdicts, touched, cursor }));
  }
}

test('[R4] [R5] whatever was saved, sent, taken back and refused, the index is that of the whole case file', async () => {
  let unopened = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      globalThis.indexedDB = new IDBFactory();
      const store = await ainosStore();
      const records = [wireCase(1, CASE, 'Matti V.')];
      await applyReply(store, requestOf(store), page({ records, cursor: 'c1' }));
      for (const one of steps) {
        await run(store, one);
        if (!store.files.isDecoded(CASE) && one.do === 'send') unopened += 1;
        const restarted = await ainosStore(store.vault);
        const anew = summarise(CASE, await restarted.views(CASE), todayOf(store.now()));
        expect(store.index.get(CASE)?.summary).toEqual(anew);
        const { segments } = await restarted.files.of(CASE);
        expect(store.index.get(CASE)).toMatchObject({
          segments: segments.length,
          last: segments.at(-1),
        });
        restarted.close();
      }
      store.close();
    }),
    { numRuns: 60, examples: [[answerLost]] },
  );
  // It would prove nothing if files had been opened all the same.
  expect(unopened).toBeGreaterThan(10);
}, 60_000);
