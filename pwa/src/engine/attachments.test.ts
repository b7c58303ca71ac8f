/** Photos on the device: saved with their entry, counted, sent in pieces, kept until a backup has them (X5, X6). */

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Edit } from '../model/engine.ts';
import { attach, bytesOf, dropBackedUp, uploadsOf } from '../store/attachments.ts';
import { aadKey } from '../store/batch.ts';
import type { Store } from '../store/store.ts';
import { applyReset } from '../sync/apply/reset.ts';
import { applyReply } from '../sync/apply/apply_reply.ts';
import { sendFiles } from '../sync/send_files.ts';
import type { Through } from '../sync/fetch_attached.ts';
import { ainosStore, page, requestOf } from './store.fixture.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const edit: Edit = {
  record: 'photo-1',
  kind: 'attachment',
  case: 'case-1',
  set: { about: 'note-1', file: { sort: 'photo' } },
  seen: {},
};
const content = () => Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
/** Compared as a whole: byte by byte takes seconds. */
const isContent = (bytes: Uint8Array | null) =>
  bytes !== null && Buffer.from(bytes).equals(content());

/** A server that speaks tus; `cut` loses the answer of the request of that number. */
function tusServer(cut = -1) {
  const server = { come: new Uint8Array(), length: -1, asked: 0, seq: 7 };
  const fetching = async (path: string, { method, headers, body }: RequestInit) => {
    const said = headers as Record<string, string>;
    server.asked += 1;
    const isCut = server.asked === cut;
    if (method === 'POST') server.length = Number(said['upload-length']);
    if (server.length < 0)
      return Response.json({ problem: { code: 'not_found' } }, { status: 404 });
    if (method === 'PATCH') {
      const offset = Number(said['upload-offset']);
      if (offset !== server.come.length)
        return Response.json({ problem: { code: 'upload_offset' } }, { status: 409 });
      server.come = Uint8Array.from(Buffer.concat([server.come, body as Uint8Array]));
    }
    if (isCut) throw new TypeError('Failed to fetch');
    const isWhole = server.come.length === server.length;
    const kept: Record<string, string> = isWhole ? { 'upload-kept': String(server.seq) } : {};
    const told = { 'tus-resumable': '1.0.0', 'upload-offset': String(server.come.length), ...kept };
    expect(path.startsWith('/api/attachments')).toBe(true);
    return Promise.resolve(new Response(null, { status: 204, headers: told }));
  };
  const link = { fetch: fetching as unknown as typeof fetch, csrf: () => 'csrf' };
  const through: Through = (ask) => ask(link);
  return { server, through };
}

async function acknowledged(store: Store): Promise<void> {
  const [waiting] = store.outbox.waiting();
  const id = waiting?.change.id ?? '';
  const verdicts = [{ id, verdict: 'applied' as const, seq: 5 }];
  await applyReply(store, requestOf(store), page({ verdicts, backed_up_seq: 0 }));
}

test('[X6] an attachment is one thing that waits, and another tab counts it too', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of(1, 2, 3));
  expect([store.waiting(), store.unsent(), store.uploadsWaiting]).toEqual([1, 1, 1]);
  expect(isContent(await bytesOf(store, 'photo-1'))).toBe(true);
  expect((await ainosStore(store.vault)).waiting()).toBe(1);
});

test('[X6] [V1] its bytes lie sealed, each piece for its own place', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  const [rows, keys] = await Promise.all([
    store.db.getAll('pieces'),
    store.db.getAllKeys('pieces'),
  ]);
  expect(rows.length).toBe(7);
  const [first] = rows;
  if (!first || !keys[1]) throw new Error('no pieces');
  await expect(store.vault.openBytes('pieces', aadKey(keys[1]), first)).rejects.toThrow();
});

test('[X6] it waits for its entry, then goes in pieces, and stays until a backup has it', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  const { server, through } = tusServer();
  expect(await sendFiles(store, through)).toBe(false);
  expect(server.asked).toBe(0);
  await acknowledged(store);
  expect(store.waiting()).toBe(1);
  await sendFiles(store, through);
  expect(isContent(server.come)).toBe(true);
  expect([store.waiting(), await uploadsOf(store)]).toEqual([0, []]);
  for (const [seq, left] of [
    [6, true],
    [7, false],
  ] as const) {
    store.syncState = { ...store.syncState, backedUpSeq: seq };
    await dropBackedUp(store);
    const bytes = await bytesOf(store, 'photo-1');
    expect(left ? isContent(bytes) : bytes === null).toBe(true);
  }
});

test.each([1, 2, 3, 4])('[X6] a lost answer to request %i costs nothing twice', async (cut) => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  await acknowledged(store);
  const { server, through } = tusServer(cut);
  let rounds = 0;
  while (await sendFiles(store, through)) expect((rounds += 1)).toBeLessThan(4);
  expect(isContent(server.come)).toBe(true);
  expect(store.uploadsWaiting).toBe(0);
});

test('[X6] an upload that stands still, or is longer than the file, is not asked for ever', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  await acknowledged(store);
  for (const come of [0, 400_000]) {
    let asked = 0;
    const fetching = (): Promise<Response> => {
      if ((asked += 1) > 20) throw new Error('asked for ever');
      const told = { 'tus-resumable': '1.0.0', 'upload-offset': String(come) };
      return Promise.resolve(new Response(null, { status: 204, headers: told }));
    };
    const link = { fetch: fetching as typeof fetch, csrf: () => 'csrf' };
    expect(await sendFiles(store, (ask) => ask(link))).toBe(true);
    expect(asked).toBeLessThan(4);
  }
  expect(isContent(await bytesOf(store, 'photo-1'))).toBe(true);
});

test('[X8] what the scanner finds is refused for good, also where only a status tells so', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  await acknowledged(store);
  const link = {
    fetch: () => Promise.resolve(new Response(null, { status: 406 })),
    csrf: () => 'csrf',
  };
  expect(await sendFiles(store, (ask) => ask(link))).toBe(false);
  const [upload] = await uploadsOf(store);
  expect(upload?.problem?.code).toBe('attachment_malware');
});

test('[X5] [P6] after a reset it is asked again how far it is', async () => {
  const store = await ainosStore();
  await attach(store, edit, content(), Uint8Array.of());
  await acknowledged(store);
  const { through } = tusServer();
  await sendFiles(store, through);
  await applyReset(store, requestOf(store, []), page({ epoch: 'another' }));
  expect(store.uploadsWaiting).toBe(1);
  expect((await uploadsOf(store)).map(({ record }) => record)).toEqual(['photo-1']);
});
