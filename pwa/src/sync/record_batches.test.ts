import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { WireRecord } from '../store/records.ts';
import { ainosStore } from '../engine/store.fixture.ts';
import type { Store } from '../store/store.ts';
import { applyReply } from './apply/apply_reply.ts';
import { headOf, inRecordBatches, recordsOf } from './record_batches.ts';
import { isReplyTo, PROTOCOL, SCHEMA } from './protocol.ts';
import type { Page } from './messages.ts';
import type { SyncRequest } from '../model/outgoing.ts';

const envelope = {
  protocol: PROTOCOL,
  epoch: 'epoch-1',
  server_time: 0,
  backed_up_seq: 0,
  verdicts: [],
  files: [],
  cursor: 'c1',
  more: false,
  progress: null,
  touched: [],
};
const request: SyncRequest = {
  protocol: PROTOCOL, schema: SCHEMA, device: 'phone', cursor: null, changes: [], more_follow: false,
}; // prettier-ignore

function note(seq: number, caseId: string, value: unknown, itsClass?: string): WireRecord {
  const by = [[`change-${seq}`, '0000000000001-0000-00000000000a', 'liisa']];
  const marked = itsClass === undefined ? {} : { class: itsClass };
  const named = { id: `r-${seq}`, kind: 'note', case: caseId };
  return { seq, ...marked, ...named, by, fields: { text: [[0, value]] } } as unknown as WireRecord;
}

const textOf = (records: WireRecord[]) => JSON.stringify({ ...envelope, records });

const caseId = fc.constantFrom('case-1', 'case-2', 'case-3');
const pages = fc
  .array(fc.tuple(caseId, fc.jsonValue(), fc.constantFrom(undefined, 'health')))
  .map((drawn) => drawn.map(([one, value, itsClass], at) => note(at + 1, one, value, itsClass)));

test('[P3] records cut out of a reply’s text are those of the reply, in batches of one case file', () => {
  fc.assert(
    fc.property(pages, (records) => {
      const reply = inRecordBatches(textOf(records)) as Page;
      expect(reply.batches?.flatMap(recordsOf)).toEqual(JSON.parse(JSON.stringify(records)));
      expect(isReplyTo(request)(reply)).toBe(true);
      for (const batch of reply.batches ?? [])
        expect(new Set(recordsOf(batch).map((record) => record.case))).toEqual(
          new Set([batch.case]),
        );
    }),
  );
});

test('[P4] the head of a reply is read before its records have come', () => {
  const text = textOf([note(1, 'case-1', 'Soitettiin')]);
  const from = text.indexOf('"records":[');
  expect(headOf(text.slice(0, from))).toBeNull();
  expect(headOf(text.slice(0, from + 20))).toMatchObject({ cursor: 'c1', more: false });
});

test('[W1] what is not written as our server writes it is parsed as a whole', () => {
  const { records, ...rest } = JSON.parse(textOf([note(1, 'case-1', 'x')])) as Page;
  expect(inRecordBatches(JSON.stringify({ records, ...rest }))).toBeNull();
  expect(inRecordBatches('<html>')).toBeNull();
  expect(
    inRecordBatches(JSON.stringify({ ...rest, records: [{ ...records[0], seq: 'one' }] })),
  ).toBeNull();
});

let store: Store;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await ainosStore();
});

test.each(['case-1', 'case-2'])(
  '[R4] a value that looks like the beginning of a record of %s is taken and sealed whole',
  async (looksLike) => {
    const sly = note(1, 'case-1', [{ a: 1 }, { ...note(7, looksLike, 'x') }]);
    const records = [sly, note(2, 'case-1', 'y')];
    const reply = inRecordBatches(textOf(records)) as Page;
    expect(reply.batches?.flatMap((batch) => batch.texts)).toHaveLength(3);
    expect(await applyReply(store, request, reply)).toBe(true);
    const again = await ainosStore(store.vault);
    const shown = (await again.views('case-1')).map((one) => one.fields['text']?.[0]?.value);
    expect(shown).toEqual([sly.fields['text']?.[0]?.[1], 'y']);
    expect(await again.views('case-2')).toEqual([]);
  },
);
