/** The sealed store and what a reply may do to it. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../store/store.ts';
import {
  ainosStore,
  applied,
  note,
  page,
  requestOf,
  stampOf,
  wireCase,
  wireNote,
  wireOf,
} from './store.fixture.ts';
import { quarantine } from '../store/quarantine.ts';
import { keep } from '../store/own_state.ts';
import { applyReset } from '../sync/apply/reset.ts';
import { save } from '../store/saving.ts';
import { sentRows } from '../store/sent.ts';
import { applyReply } from '../sync/apply/apply_reply.ts';

vi.setConfig({ testTimeout: 60_000 });

let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await ainosStore();
});

afterEach(() => {
  store.close();
});

/** What is shown of a path: the values in their order. */
async function shown(record = 'note-1', path = 'text', of = store): Promise<unknown[]> {
  const view = await of.record('case-1', record);
  return (view?.fields[path] ?? []).map((version) => version.value);
}

async function again(): Promise<Store> {
  return ainosStore(store.vault);
}

/** Every value that lies in the sealed database, as text. */
async function raw(of: Store): Promise<string> {
  const texts: string[] = [];
  for (const table of of.db.objectStoreNames) {
    const keys = await of.db.getAllKeys(table);
    const rows = await of.db.getAll(table);
    texts.push(JSON.stringify(keys), ...rows.map((row) => textOf(row)));
  }
  return texts.join('\n');
}

function textOf(row: unknown): string {
  return row instanceof Uint8Array ? new TextDecoder('latin1').decode(row) : JSON.stringify(row);
}

test('[R1] an entry is there after a restart, and so is its summary', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireCase(1, 'case-1', 'Matti V.')] }));
  await save(store, [note('Siivottiin yhdessä')]);
  const restarted = await again();
  expect(await shown('note-1', 'text', restarted)).toEqual(['Siivottiin yhdessä']);
  expect(restarted.outbox.count('waiting')).toBe(1);
  expect(restarted.index.get('case-1')?.summary).toMatchObject({ name: 'Matti V.', records: 2 });
});

test('[R1] the edits of one save are there together or not at all', async () => {
  const broken = { ...note('toinen', 'note-2'), set: { text: 1n as never } };
  await expect(save(store, [note('ensimmäinen'), broken])).rejects.toThrow();
  expect(store.outbox.all()).toEqual([]);
  expect((await again()).outbox.all()).toEqual([]);
});

test('[V1] no stored value and no key holds what was typed, who it is about, or who wrote it', async () => {
  const marker = 'merkki-7391';
  const name = 'Marjatta Merkkinen';
  await applyReply(store, requestOf(store), page({ records: [wireCase(1, 'case-1', name)] }));
  await save(store, [note(marker)]);
  const request = requestOf(store);
  const [change] = request.changes;
  await applyReply(
    store,
    request,
    page({ verdicts: applied(request, 2), touched: change ? [wireOf(change, 2)] : [] }),
  );
  await save(store, [note(`${marker} toinen`, 'note-2')]);
  const text = await raw(store);
  expect(text.length).toBeGreaterThan(1000);
  for (const word of [marker, 'Merkkinen', 'case-1', 'note-1', 'aino', 'cursor-1']) {
    expect(text).not.toContain(word);
  }
});

test('[R3] a reply to a request that the store has moved on from is dropped', async () => {
  const early = requestOf(store);
  await applyReply(store, requestOf(store), page({ records: [wireNote(9, 'uusi')], cursor: 'c9' }));
  expect(
    await applyReply(store, early, page({ records: [wireNote(3, 'vanha')], cursor: 'c3' })),
  ).toBe(false);
  expect(await shown()).toEqual(['uusi']);
  expect(store.syncState.cursor).toBe('c9');
});

test('[R3] an older copy of a record does not replace a newer one', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireNote(9, 'uusi')] }));
  await applyReply(store, requestOf(store), page({ records: [wireNote(3, 'vanha')] }));
  expect(await shown()).toEqual(['uusi']);
  await applyReply(store, requestOf(store), page({ records: [wireNote(10, 'uusin')] }));
  expect(await shown()).toEqual(['uusin']);
  expect(await shown('note-1', 'text', await again())).toEqual(['uusin']);
});

test('[R3] after a reset a lower number is the newer copy', async () => {
  await applyReply(
    store,
    requestOf(store),
    page({ records: [wireNote(9, 'ennen palautusta')], cursor: 'c9' }),
  );
  await applyReset(store, requestOf(store), { protocol: 2, epoch: 'epoch-2', server_time: 0 });
  const reply = page({ epoch: 'epoch-2', records: [wireNote(2, 'palautettu')], cursor: 'd2' });
  await applyReply(store, requestOf(store), reply);
  expect(await shown()).toEqual(['palautettu']);
});

test('[R4] verdicts, records, cursor and outbox change together, and memory only with the disk', async () => {
  await save(store, [note('Soitettiin')]);
  const request = requestOf(store);
  const [change] = request.changes;
  if (!change) throw new Error('no change');
  const reply = page({ verdicts: applied(request, 5), touched: [wireOf(change, 5)], cursor: 'c5' });
  const before = await raw(store);
  store.db.transaction = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  await expect(applyReply(store, request, reply)).rejects.toThrow('full');
  Reflect.deleteProperty(store.db, 'transaction');
  expect(store.outbox.count('waiting')).toBe(1);
  expect(store.syncState.cursor).toBeNull();
  expect(await raw(store)).toBe(before);
  expect(await applyReply(store, request, reply)).toBe(true);
  const restarted = await again();
  expect(restarted.outbox.all()).toEqual([]);
  expect(restarted.syncState.cursor).toBe('c5');
  expect(await shown('note-1', 'text', restarted)).toEqual(['Soitettiin']);
});

test('[R5] an acknowledged entry stays on top until the copy has reached it', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireNote(1, 'vanha', 'old')] }));
  await save(store, [note('oma', 'note-1', { text: ['old'] })]);
  const request = requestOf(store);
  await applyReply(store, request, page({ verdicts: applied(request, 7) }));
  expect(await shown()).toEqual(['oma']);
  expect(store.outbox.count('acknowledged')).toBe(1);
  const [entry] = store.outbox.all();
  if (!entry) throw new Error('no entry');
  const copy = wireOf(entry.change, 7);
  await applyReply(store, requestOf(store, []), page({ records: [copy] }));
  expect(await shown()).toEqual(['oma']);
  expect(store.outbox.all()).toEqual([]);
});

test('[R5] [P10] it leaves the device when a backup has it', async () => {
  await save(store, [note('oma')]);
  const request = requestOf(store);
  const [change] = request.changes;
  if (!change) throw new Error('no change');
  await applyReply(
    store,
    request,
    page({ verdicts: applied(request, 7), touched: [wireOf(change, 7)] }),
  );
  expect((await sentRows(store)).flat().map((entry) => entry.change.id)).toEqual([change.id]);
  await applyReply(store, requestOf(store), page({ backed_up_seq: 6 }));
  expect((await sentRows(store)).flat()).toHaveLength(1);
  await applyReply(store, requestOf(store), page({ backed_up_seq: 7 }));
  expect(await sentRows(store)).toEqual([]);
});

test('[P6] after a reset everything that no backup has is offered again, in order', async () => {
  for (const text of ['yksi', 'kaksi', 'kolme']) await save(store, [note(text, `note-${text}`)]);
  const request = requestOf(store);
  const touched = request.changes.map((change, at) => wireOf(change, 5 + at));
  await applyReply(
    store,
    request,
    page({ verdicts: applied(request, 5), touched, backed_up_seq: 5 }),
  );
  await save(store, [note('neljä', 'note-nelja')]);
  await applyReset(store, requestOf(store), { protocol: 2, epoch: 'epoch-2', server_time: 0 });
  const offered = requestOf(store).changes.map((change) => change.set['text']);
  // Settled in one exchange, they stay together until all of them are durable.
  expect(offered).toEqual(['yksi', 'kaksi', 'kolme', 'neljä']);
  expect(store.syncState.cursor).toBeNull();
});

test('[R6] a refused entry stands aside with its reason and text; the others flow', async () => {
  await save(store, [note('kelpaa')]);
  await save(store, [note('ei kelpaa', 'note-2')]);
  const request = requestOf(store);
  const [good, bad] = request.changes;
  if (!good || !bad) throw new Error('no changes');
  const refused = { id: bad.id, verdict: 'refused' as const, problem: { code: 'value_invalid' } };
  const verdicts = [...applied({ ...request, changes: [good] }, 3), refused];
  await applyReply(store, request, page({ verdicts, touched: [wireOf(good, 3)] }));
  expect(requestOf(store).changes).toEqual([]);
  const [aside] = store.outbox.all();
  expect(aside).toMatchObject({ state: 'refused', problem: { code: 'value_invalid' } });
  expect(aside?.change.set['text']).toBe('ei kelpaa');
  expect((await again()).outbox.count('refused')).toBe(1);
});

test('[R6] an entry can be set aside without a reply to it', async () => {
  await save(store, [note('liian pitkä')]);
  const [entry] = store.outbox.all();
  await quarantine(store, [[entry?.change.id ?? '', { code: 'body_too_large' }]]);
  expect((await again()).outbox.all()).toMatchObject([{ state: 'refused' }]);
});

test('[R7] [P7] a purged file stays while something of it waits, and then goes', async () => {
  await applyReply(
    store,
    requestOf(store),
    page({ records: [wireCase(1, 'case-1', 'Matti V.')], cursor: 'c1' }),
  );
  const sent = requestOf(store);
  await save(store, [note('vielä lähettämättä')]);
  await applyReply(
    store,
    sent,
    page({ files: [{ case: 'case-1', event: 'purge' }], cursor: 'c2' }),
  );
  await save(store, [note('ja toinen', 'note-2')]);
  expect(store.index.get('case-1')).toMatchObject({ purge: true });
  expect((await again()).index.get('case-1')).toMatchObject({ purge: true });
  expect(await shown()).toEqual(['vielä lähettämättä']);
  const request = requestOf(store);
  const held = request.changes.map(({ id }) => ({ id, verdict: 'in_review' as const }));
  await applyReply(store, request, page({ verdicts: held, cursor: 'c3' }));
  expect(store.index.has('case-1')).toBe(false);
  const restarted = await again();
  expect(restarted.index.has('case-1')).toBe(false);
  expect(await restarted.db.count('files')).toBe(0);
});

test('[P7] granted again: the file is emptied and filled in one reply', async () => {
  const first = [wireCase(1, 'case-1', 'Matti V.'), wireNote(2, 'vanha')];
  await applyReply(store, requestOf(store), page({ records: first, cursor: 'c2' }));
  const files = [
    { case: 'case-1', event: 'purge' as const },
    { case: 'case-1', event: 'backfill' as const },
  ];
  const again = page({ files, records: [wireCase(1, 'case-1', 'Matti V.')], cursor: 'c4' });
  await applyReply(store, requestOf(store), again);
  expect(await shown()).toEqual([]);
  expect(store.index.get('case-1')?.summary?.name).toBe('Matti V.');
});

test('[M9] a colleague’s value that arrives meanwhile stands beside the own unsent one', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireNote(1, 'pohja', 'base')] }));
  await save(store, [note('minun', 'note-1', { text: ['base'] })]);
  await applyReply(
    store,
    requestOf(store, []),
    page({ records: [wireNote(2, 'Liisan', 'liisas')] }),
  );
  expect(await shown()).toEqual(['minun', 'Liisan']);
});

test('[M9] an entry that the copy has taken already is not there twice', async () => {
  await save(store, [note('kerran')]);
  const [entry] = store.outbox.all();
  if (!entry) throw new Error('no entry');
  await applyReply(store, requestOf(store, []), page({ records: [wireOf(entry.change, 4)] }));
  expect(store.outbox.count('waiting')).toBe(1);
  expect(await shown()).toEqual(['kerran']);
});

test('[M11] an edit upon an unsent edit has also seen what that one had seen', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireNote(1, 'pohja', 'base')] }));
  const [first = ''] = await save(store, [note('eka', 'note-1', { text: ['base'] })]);
  await save(store, [note('toka', 'note-1', { text: [first] })]);
  expect(requestOf(store).changes.at(-1)?.seen['text']).toEqual(['base', first].sort());
});

test('[W5] what was seen of a path that is not set is left out', async () => {
  await save(store, [{ ...note('x'), seen: { text: ['a'], place: ['b'], areas: [] } }]);
  expect(requestOf(store).changes[0]?.seen).toEqual({ text: ['a'] });
});

test('[C2] stamps rise although the phone’s clock goes back', async () => {
  const clock = { ms: 2_000_000_000_000 };
  const traveller = await ainosStore(store.vault, clock);
  await save(traveller, [note('ensin')]);
  clock.ms -= 86_400_000;
  await save(traveller, [note('sitten', 'note-2')]);
  const restarted = await ainosStore(traveller.vault, clock);
  await save(restarted, [note('vielä', 'note-3')]);
  const stamps = restarted.outbox.all().map((entry) => entry.change.at);
  expect(stamps).toEqual(stamps.toSorted());
  expect(new Set(stamps).size).toBe(3);
});

test('[C4] every opening of the store has a node of its own', async () => {
  const second = await again();
  expect(second.node).toMatch(/^[0-9a-f]{12}$/);
  expect(second.node).not.toBe(store.node);
});

test('[C3] the clock follows a colleague’s, but not one that runs wild', async () => {
  const records = [{ ...wireNote(1, 'x'), by: [['c', stampOf(160_000), 'liisa'] as const] }];
  await applyReply(store, requestOf(store), page({ records }));
  expect(store.clock > stampOf(160_000)).toBe(true);
  const wild = [{ ...wireNote(2, 'y'), by: [['d', stampOf(9_000_000), 'liisa'] as const] }];
  await applyReply(store, requestOf(store), page({ records: wild }));
  expect(store.clock < stampOf(9_000_000)).toBe(true);
});

test('[R8] two tabs: what one saved the other does not overwrite', async () => {
  const other = await again();
  await save(store, [note('ensimmäinen')]);
  await save(other, [note('toinen', 'note-2')]);
  await save(store, [note('kolmas', 'note-3')]);
  await other.refresh();
  expect(other.outbox.all().map((entry) => entry.change.set['text'])).toEqual([
    'ensimmäinen',
    'toinen',
    'kolmas',
  ]);
  expect(new Set(other.outbox.all().map((entry) => entry.n)).size).toBe(3);
});

test('[R8] what a device keeps for itself reads no other tab anew, and two tabs keep side by side', async () => {
  const other = await again();
  await save(store, [note('ensimmäinen')]);
  await other.refresh();
  const { outbox } = other;
  await Promise.all([
    ...['a', 'b', 'c'].map((name) => keep(store, name, 1, 'relaxed')),
    ...['x', 'y', 'z'].map((name) => keep(other, name, 2, 'relaxed')),
  ]);
  await other.refresh();
  expect(other.outbox).toBe(outbox);
  expect(await store.readState('preferences')).toEqual({ a: 1, b: 1, c: 1, x: 2, y: 2, z: 2 });
});

test('[V6] a damaged segment is left out and its file is marked for repair', async () => {
  await applyReply(store, requestOf(store), page({ records: [wireNote(1, 'ehjä')], cursor: 'c1' }));
  await applyReply(
    store,
    requestOf(store),
    page({ records: [wireNote(2, 'rikki', 'x', 'note-2')], cursor: 'c2' }),
  );
  const [, key] = await store.db.getAllKeys('files');
  const row = key && (await store.db.get('files', key));
  if (!row) throw new Error('no segment');
  row[30] = (row[30] ?? 0) ^ 1;
  await store.db.put('files', row, key);
  const restarted = await again();
  expect(await shown('note-1', 'text', restarted)).toEqual(['ehjä']);
  expect(await shown('note-2', 'text', restarted)).toEqual([]);
  expect([...restarted.files.damaged]).toEqual(['case-1']);
});

test('[V6] an own entry that cannot be read any more stands visibly aside', async () => {
  await save(store, [note('luettava')]);
  await save(store, [note('rikkoutuva', 'note-2')]);
  await store.db.put('outbox', new Uint8Array(40), 2);
  const restarted = await again();
  expect(restarted.outbox.count('waiting')).toBe(1);
  expect(restarted.outbox.all()[1]).toMatchObject({
    state: 'refused',
    problem: { code: 'change_malformed' },
  });
});

test('[P5] a damaged index is fetched anew', async () => {
  await applyReply(
    store,
    requestOf(store),
    page({ records: [wireCase(1, 'case-1', 'Matti V.')], cursor: 'c1' }),
  );
  const [key = ''] = await store.db.getAllKeys('index');
  await store.db.put('index', new Uint8Array(40), key);
  const restarted = await again();
  expect(restarted.syncState).toMatchObject({ cursor: null, resetCount: 2, sweep: true });
});
