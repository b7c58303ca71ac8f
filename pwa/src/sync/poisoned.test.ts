/** The queue cannot be poisoned: what no server takes stands aside, told and whole, and all else flows in its order. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NotTaken } from '../store/quarantine.ts';
import { outboxEntries } from '../store/outbox_list.ts';
import type { OwnChange } from '../store/records.ts';
import { save } from '../store/saving.ts';
import { ainosStore, note } from '../engine/store.fixture.ts';
import type { Store } from '../store/store.ts';
import { undo } from '../store/undo.ts';
import { asking, check } from './integrity_check.ts';
import { exchange } from './exchange.ts';
import type { Exchange } from './exchange_state.ts';
import { Office, type Fault } from './office.fixture.ts';
import type { Reading } from '../model/outgoing.ts';

vi.setConfig({ testTimeout: 60_000 });

let office: Office;
let store: Store;
let batching: Exchange['batching'];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  office = new Office();
  store = await ainosStore(undefined, { ms: Date.now() });
  batching = { share: 1 };
});

afterEach(() => {
  store.close();
});

function run(more: Partial<Exchange> = {}): Exchange {
  const link = { fetch: office.fetch, csrf: () => 'csrf-value' };
  return { store, link, device: 'phone', batching, progress: () => undefined, ...more };
}

/** As an older release let it in: straight into the store, past the door. */
async function plantChange(wrong: Partial<OwnChange['change']>, n = 1): Promise<void> {
  const change = {
    ...note(`myrkky ${n}`, `note-${n}`),
    id: `poison-${n}`,
    at: store.stamp(),
    ...wrong,
  };
  const entry: OwnChange = {
    n,
    save: change.id,
    change,
    before: {},
    first: true,
    state: 'waiting',
  };
  await store.mutate((batch) => {
    batch.put('outbox', n, entry);
    return {
      durability: 'strict',
      cases: [],
      after: () => {
        store.outbox.put(entry);
      },
    };
  });
}

async function plantRead(read: Partial<Reading> = {}): Promise<void> {
  const reading = { id: `read-${crypto.randomUUID()}`, case: 'case-1', at: store.stamp(), ...read };
  await store.db.put('reads', await store.vault.seal('reads', reading.id, reading), reading.id);
}

async function writeNotes(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await save(store, [note(`kirjaus ${at}`, `good-${at}`)]);
}

/** What the office has, in the order in which it took it. */
function arrived(): unknown[] {
  return [...office.taken.values()].map(({ change }) => change.set['text']);
}

const refused = () => store.outbox.all().filter(({ state }) => state === 'refused');
const codes = () => refused().map(({ problem }) => problem?.code);
const inOrder = (count: number) => Array.from({ length: count }, (_, at) => `kirjaus ${at}`);

test.each([true, false])(
  '[R11] [R13] a queue that was poisoned before the update heals, whatever the server is (old: %s)',
  async (isOld) => {
    office.isOld = isOld;
    await plantChange({ case: 'case-1.' });
    await plantRead({ case: 'case-1.' });
    await plantRead();
    await writeNotes(3);
    expect(await exchange(run())).toEqual({ done: true });
    expect(arrived()).toEqual(inOrder(3));
    expect(office.reads).toHaveLength(1);
    expect(codes()).toEqual(['change_malformed', 'item_malformed']);
    expect(refused()[0]?.change.set).toEqual({ text: 'myrkky 1' });
    expect(JSON.stringify(office.requests)).not.toContain('case-1.');
    const restarted = await ainosStore(store.vault);
    expect(restarted.outbox.all().map(({ state }) => state)).toEqual(['refused', 'refused']);
    expect(await restarted.db.count('reads')).toBe(0);
    restarted.close();
  },
);

const planted: [what: string, plant: () => Promise<void>][] = [
  ['a change whose id is none', () => plantChange({ id: 'Not An Id' })],
  ['a change of a record out of an address', () => plantChange({ record: 'note-1,' })],
  ['a change with a path that is none', () => plantChange({ set: { 'a/b/c': 1 } })],
  ['a change with half a character', () => plantChange({ set: { text: '\ud83d' } })],
  ['a reading at no time', () => plantRead({ at: 'yesterday' })],
  ['a reading of nothing', () => plantRead({ case: '' })],
];

test.each(planted)(
  '[R11] [R13] %s stands aside, and Lähtevät can list it',
  async (_what, plant) => {
    office.isOld = true;
    await plant();
    await writeNotes(2);
    expect(await exchange(run())).toEqual({ done: true });
    expect(arrived()).toEqual(inOrder(2));
    const listed = await outboxEntries(store, false);
    expect(listed.filter(({ state }) => state === 'refused')).toHaveLength(1);
  },
);

test('[W14] [R13] what the server refuses of the readings stands aside, is told, and can be put away', async () => {
  await plantRead({ id: 'read-1' });
  const reply = office.reply.bind(office);
  office.reply = (request) => ({
    ...reply(request),
    refused: [{ list: 'reads', index: 0, problem: { code: 'item_malformed' } }],
  });
  await exchange(run());
  expect(await store.db.count('reads')).toBe(0);
  expect(await outboxEntries(store, false)).toMatchObject([
    {
      id: 'read-1',
      kind: 'reading',
      case: 'case-1',
      state: 'refused',
      problem: { code: 'item_malformed' },
    },
  ]);
  await undo(store, ['read-1']);
  expect(store.outbox.all()).toEqual([]);
  expect((await ainosStore(store.vault)).outbox.all()).toEqual([]);
});

test('[W2] [W14] a verdict without an id belongs to the change at its place', async () => {
  await writeNotes(2);
  const reply = office.reply.bind(office);
  office.reply = (request) => {
    const said = reply(request);
    const problem = { code: 'change_malformed' };
    return {
      ...said,
      verdicts: [(said['verdicts'] as unknown[])[0], { id: '', verdict: 'refused', problem }],
    };
  };
  expect(await exchange(run())).toEqual({ done: true });
  expect(refused().map(({ change }) => change.set)).toEqual([{ text: 'kirjaus 1' }]);
});

const wholeBodies: [what: string, fault: Fault, code: string][] = [
  ['400 of an older server', { status: 400, code: 'body_malformed' }, 'body_malformed'],
  ['413 of our server', { status: 413, code: 'body_too_large' }, 'body_too_large'],
  ['422 of our server', { status: 422, code: 'fields_invalid' }, 'fields_invalid'],
  ['400 of a proxy', { proxy: 400 }, 'body_malformed'],
  ['403 of a filter that dislikes a word', { proxy: 403 }, 'body_malformed'],
  ['413 of a proxy', { proxy: 413 }, 'body_too_large'],
];

test.each(wholeBodies)(
  '[R12] [R6] %s for one entry: it alone stands aside',
  async (_what, fault, code) => {
    await writeNotes(9);
    office.poison = { text: 'kirjaus 4', fault };
    expect(await exchange(run())).toEqual({ done: true });
    expect(arrived()).toEqual(inOrder(9).filter((text) => text !== 'kirjaus 4'));
    expect(codes()).toEqual([code]);
  },
);

test.each(wholeBodies)(
  '[R12] %s for every body: nobody is to blame, and nothing moves',
  async (_what, fault) => {
    await plantRead();
    await writeNotes(3);
    office.faults = Array.from({ length: 40 }, () => fault);
    for (let at = 0; at < 5; at++) expect(await exchange(run())).not.toEqual({ done: true });
    expect(refused()).toEqual([]);
    expect(office.requests.length).toBe(10);
    office.faults = [];
    expect(await exchange(run())).toEqual({ done: true });
    expect(arrived()).toEqual(inOrder(3));
    expect(office.reads).toHaveLength(1);
  },
);

test('[R12] [U7] a captive portal is asked once, and no entry is doubted for it', async () => {
  await writeNotes(2);
  office.faults = ['portal', 'portal'];
  expect(await exchange(run())).toEqual({ none: true });
  expect(office.requests).toHaveLength(1);
});

test.each(['reads', 'check', 'repair'] as const)(
  '[R12] [R13] an item of `%s` for which every body is refused leaves it; entries are never blamed for it',
  async (list) => {
    await plantRead({ id: 'read-1' });
    await plantRead({ id: list === 'reads' ? 'poison' : 'read-2' });
    await writeNotes(4);
    office.poison = { text: 'poison', fault: { status: 400, code: 'body_malformed' } };
    const cases = ['case-1', 'case-poison', 'case-2'];
    const ask = list === 'check' ? asking(cases) : asking([], list === 'repair' ? cases : []);
    expect(await exchange(run({ ask }))).toEqual({ done: true });
    expect(arrived()).toEqual(inOrder(4));
    expect(office.reads).toHaveLength(list === 'reads' ? 1 : 2);
    expect(refused().map(({ change }) => change.id)).toEqual(list === 'reads' ? ['poison'] : []);
    const asked: unknown[] = office.requests.flatMap((request): unknown[] => request[list] ?? []);
    if (list !== 'reads') expect(asked).toEqual(expect.arrayContaining(['case-1', 'case-2']));
  },
);

test('[R12] two entries spoil their bodies: both stand aside, the order of the others is kept', async () => {
  await writeNotes(30);
  office.poison = { text: 'kirjaus 2"', fault: { status: 400, code: 'body_malformed' } };
  const reply = office.reply.bind(office);
  office.reply = (request) => {
    if (request.changes.some(({ set }) => set['text'] === 'kirjaus 23'))
      throw Object.assign(new Error(), { status: 400, code: 'body_malformed' });
    return reply(request);
  };
  expect(await exchange(run())).toEqual({ done: true });
  expect(arrived()).toEqual(inOrder(30).filter((text) => !/ 2$| 23$/.test(text)));
  expect(refused().map(({ change }) => change.set['text'])).toEqual(['kirjaus 2', 'kirjaus 23']);
});

test('[R12] killed or cut off while it is searched: nothing is blamed, and the search begins anew', async () => {
  await writeNotes(9);
  office.poison = { text: 'kirjaus 4', fault: { status: 400, code: 'body_malformed' } };
  for (let cut = 1; cut < 6; cut++) {
    let asked = 0;
    const { fetch } = office;
    const link = {
      csrf: () => 'csrf-value',
      fetch: ((...given) => {
        asked += 1;
        return asked > cut ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...given);
      }) as typeof globalThis.fetch,
    };
    expect(await exchange(run({ link }))).toEqual({ none: true });
    expect(refused()).toEqual([]);
  }
  expect(await exchange(run())).toEqual({ done: true });
  expect(arrived()).toEqual(inOrder(9).filter((text) => text !== 'kirjaus 4'));
  expect(codes()).toEqual(['body_malformed']);
});

test('[R12] a server that falls over one entry is asked three times before the entry is doubted', async () => {
  await writeNotes(3);
  office.poison = { text: 'kirjaus 1', fault: { status: 500, code: 'internal' } };
  for (let at = 0; at < 2; at++) expect(await exchange(run())).toMatchObject({ status: 500 });
  expect(refused()).toEqual([]);
  expect(await exchange(run())).toEqual({ done: true });
  expect(arrived()).toEqual(['kirjaus 0', 'kirjaus 2']);
  expect(codes()).toEqual(['internal']);
});

test('[D3] more files than one request may name are filled in several', async () => {
  for (let at = 0; at < 1_200; at++) store.files.damaged.add(`case-${at}`);
  store.syncState = { ...store.syncState, checkedAt: store.now() };
  expect(await check(run())).toEqual({ done: true });
  expect(office.requests.map(({ repair = [] }) => repair.length)).toEqual([500, 500, 200]);
  expect(store.files.damaged.size).toBe(0);
});

test.each([
  ['a case out of an address', { case: 'case-1.' }, 'change_malformed'],
  ['a record out of an address', { record: '../x' }, 'change_malformed'],
  ['a kind that is none', { kind: '__proto__' }, 'change_malformed'],
  ['nothing to set', { set: {} }, 'change_malformed'],
  ['a path that is none', { set: { Näin: 1 } }, 'value_invalid'],
  ['more than an entry may hold', { set: { text: 'ä'.repeat(140_000) } }, 'change_too_large'],
] as const)('[R11] the door takes nothing with %s', async (_what, wrong, code) => {
  const saving = save(store, [note('hyvä'), { ...note('huono', 'note-2'), ...wrong }]);
  await expect(saving).rejects.toThrow(new NotTaken(code));
  expect(store.outbox.all()).toEqual([]);
});

test('[R11] half a character is replaced at the door, and a whole one stays', async () => {
  const text = 'Käynti \ud83d 🏠 \\ud83d';
  await save(store, [{ ...note(''), set: { text, plan: { zone: 'x\udc00' } } }]);
  expect(await exchange(run())).toEqual({ done: true });
  expect([...office.taken.values()][0]?.change.set).toEqual({
    text: 'Käynti \ufffd 🏠 \\ud83d',
    plan: { zone: 'x\ufffd' },
  });
});
