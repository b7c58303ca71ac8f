/** One exchange between a real store and a small office, with the faults of a network between them. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { save } from '../store/saving.ts';
import { ainosStore, note, type Clock } from '../engine/store.fixture.ts';
import type { Store } from '../store/store.ts';
import { check, updateNeeded } from './integrity_check.ts';
import { PROTOCOL } from './protocol.ts';
import { exchange } from './exchange.ts';
import type { Exchange, Outcome, Progress } from './exchange_state.ts';
import { Office, type Fault } from './office.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });

let office: Office;
let store: Store;
let clock: Clock;
let told: Progress[];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  office = new Office();
  clock = { ms: Date.now() };
  store = await ainosStore(undefined, clock);
  told = [];
});

afterEach(() => {
  store.close();
});

const batching = { share: 1 };

function run(): Exchange {
  batching.share = 1;
  return {
    store,
    link: { fetch: office.fetch, csrf: () => 'csrf-value' },
    device: 'phone',
    batching: batching,
    progress: (progress) => told.push(progress),
  };
}

async function texts(caseId = 'case-1'): Promise<unknown[]> {
  const views = await store.views(caseId);
  return views
    .flatMap((view) => (view.fields['text'] ?? []).map((version) => version.value))
    .sort();
}

function colleague(text: string, record: string, caseId = 'case-1'): void {
  office.write({
    id: `liisa-${record}-${text}`,
    record,
    kind: 'note',
    case: caseId,
    set: { text },
  });
}

async function until(faults: Fault[]): Promise<Outcome> {
  office.faults = faults;
  let outcome = await exchange(run());
  while (!('done' in outcome)) outcome = await exchange(run());
  return outcome;
}

test('[P3] what waits here goes there, and what is new there comes here', async () => {
  colleague('Liisan kirjaus', 'note-2');
  await save(store, [note('oma kirjaus')]);
  expect(await exchange(run())).toEqual({ done: true });
  expect(office.requests).toHaveLength(1);
  expect(await texts()).toEqual(['Liisan kirjaus', 'oma kirjaus']);
  expect(store.outbox.all()).toEqual([]);
  expect(store.syncState.complete).toBe(true);
});

test('[W13] a server of a newer protocol has taken everything, and a newer app is asked for', async () => {
  const reply = office.reply.bind(office);
  colleague('Liisan kirjaus', 'note-2');
  await save(store, [note('oma kirjaus')]);
  vi.spyOn(office, 'reply').mockImplementation((request) => ({
    ...reply(request),
    protocol: PROTOCOL + 1,
  }));
  const own = run();
  expect(await exchange(own)).toEqual({ done: true });
  expect(updateNeeded(own)).toMatchObject({ refused: { code: 'update_needed' }, status: 426 });
  expect(updateNeeded({ ...own, protocol: PROTOCOL })).toBeNull();
  expect(store.outbox.all()).toEqual([]);
  expect(await texts()).toEqual(['Liisan kirjaus', 'oma kirjaus']);
});

test('[U7] that everything is sent is said with the time of the very exchange that sent it', async () => {
  await exchange(run());
  clock.ms += 60_000;
  await save(store, [note('oma kirjaus')]);
  await exchange(run());
  expect(office.requests).toHaveLength(2);
  expect(store.syncState.lastSentAt).toBe(clock.ms);
});

test('[W1] a captive portal’s page is no connection, and nothing moves', async () => {
  await save(store, [note('oma')]);
  for (const fault of ['portal', 'silence'] as const) {
    office.faults = [fault];
    expect(await exchange(run())).toEqual({ none: true });
    expect(store.outbox.count('waiting')).toBe(1);
    expect(store.syncState.cursor).toBeNull();
  }
});

type Reply = Record<string, unknown> & { verdicts?: unknown };

const spoilt: [what: string, spoil: (whole: Reply) => Reply][] = [
  ['without our protocol number', (whole) => ({ ...whole, protocol: undefined })],
  ['without an epoch', (whole) => ({ ...whole, epoch: undefined })],
  ['with a verdict too few', (whole) => ({ ...whole, verdicts: verdictsOf(whole).slice(1) })],
  [
    'with verdicts in another order',
    (whole) => ({ ...whole, verdicts: verdictsOf(whole).toReversed() }),
  ],
  ['without its records', (whole) => ({ ...whole, records: undefined })],
];

function verdictsOf(whole: Reply): unknown[] {
  return whole.verdicts as unknown[];
}

test.each(spoilt)('[W1] an answer %s is no reply of ours', async (_what, spoil) => {
  await save(store, [note('yksi'), note('kaksi', 'note-2')]);
  const reply = office.reply.bind(office);
  office.reply = (request) => spoil(reply(request));
  expect(await exchange(run())).toEqual({ none: true });
  expect(store.outbox.count('waiting')).toBe(2);
  expect(store.syncState.cursor).toBeNull();
});

test('[W3] [R2] after lost answers the same entries go again first, and are there once', async () => {
  await save(store, [note('yksi')]);
  await save(store, [note('kaksi', 'note-2')]);
  office.faults = ['lost'];
  await exchange(run());
  await save(store, [note('kolme', 'note-3')]);
  await until(['lost']);
  const offered = office.requests.map(({ changes }) => changes.map((change) => change.set['text']));
  expect(offered[1]?.slice(0, 2)).toEqual(offered[0]);
  expect(office.taken.size).toBe(3);
  expect(await texts()).toEqual(['kaksi', 'kolme', 'yksi']);
});

test('[W7] a large backlog goes in bounded batches, pages after the last', async () => {
  office.pageRecords = 1000;
  const text = 'Pitkä kirjaus. '.repeat(900);
  await save(
    store,
    Array.from({ length: 120 }, (_, at) => note(text, `note-${at}`)),
  );
  await exchange(run());
  expect(office.requests.length).toBeGreaterThan(1);
  for (const request of office.requests)
    expect(JSON.stringify(request).length).toBeLessThan(1600 * 1024);
  const rests = office.requests.map((request) => request.more_follow);
  expect(rests.slice(0, -1).every(Boolean)).toBe(true);
  expect(rests.at(-1)).toBe(false);
  expect(office.taken.size).toBe(120);
});

test('[W7] after a long silence batches are smaller, after success larger again', async () => {
  await save(
    store,
    Array.from({ length: 40 }, (_, at) => note('x', `note-${at}`)),
  );
  const trying = run();
  const slow: Fault = () => {
    clock.ms += 10_000;
    return Promise.reject(new TypeError('Failed to fetch'));
  };
  office.faults = [slow, slow, slow];
  for (let i = 0; i < 3; i++) await exchange(trying);
  expect(trying.batching.share).toBe(1 / 8);
  await exchange(trying);
  expect(trying.batching.share).toBe(1 / 4);
  expect(office.taken.size).toBe(40);
});

test('[W7] where there is no network at all batches stay as large as they were', async () => {
  await save(store, [note('x')]);
  const trying = run();
  office.faults = ['silence', 'silence'];
  for (let i = 0; i < 2; i++) await exchange(trying);
  expect(trying.batching.share).toBe(1);
});

test('[R6] an entry that spoils every body stands aside, and the others get through', async () => {
  for (let at = 0; at < 9; at++) await save(store, [note(`kirjaus ${at}`, `note-${at}`)]);
  const poison = store.outbox.all()[4]?.change.id;
  const reply = office.reply.bind(office);
  office.reply = (request) => {
    if (request.changes.some((change) => change.id === poison)) throw new Poisoned();
    return reply(request);
  };
  expect(await exchange(run())).toEqual({ done: true });
  expect(office.taken.size).toBe(8);
  expect(store.outbox.all()).toMatchObject([
    { state: 'refused', problem: { code: 'body_malformed' } },
  ]);
});

class Poisoned extends Error {
  readonly status = 400;
  readonly code = 'body_malformed';
}

test('[P2] pages are asked for one after another until nothing is new, and shown as they come', async () => {
  office.pageRecords = 10;
  for (let at = 0; at < 35; at++) colleague('x', `note-${at}`, `case-${at % 3}`);
  expect(await exchange(run())).toEqual({ done: true });
  expect(office.requests).toHaveLength(4);
  const records = await Promise.all([0, 1, 2].map((at) => store.views(`case-${at}`)));
  expect(records.flat()).toHaveLength(35);
  expect(told.some(({ phase }) => phase === 'receiving')).toBe(true);
});

test('[R3] the page that was asked for ahead is dropped when the one before could not be stored', async () => {
  office.pageRecords = 10;
  for (let at = 0; at < 25; at++) colleague('x', `note-${at}`);
  const mutate = store.mutate.bind(store);
  let commits = 0;
  store.mutate = (plan) => {
    commits += 1;
    const isFull = commits === 2;
    return isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : mutate(plan);
  };
  await expect(exchange(run())).rejects.toThrow('full');
  store.mutate = mutate;
  expect(await store.views('case-1')).toHaveLength(10);
  await exchange(run());
  expect(await store.views('case-1')).toHaveLength(25);
});

test('[P5] [P6] a restored server gets everything again that no backup has', async () => {
  await save(store, [note('ennen varmuuskopiota')]);
  await exchange(run());
  office.restoreFromNothing('epoch-2');
  await save(store, [note('sen jälkeen', 'note-2')]);
  expect(await exchange(run())).toEqual({ done: true });
  expect(office.taken.size).toBe(2);
  expect(store.syncState.resetCount).toBe(2);
  expect(await texts()).toEqual(['ennen varmuuskopiota', 'sen jälkeen']);
});

test('[P6] what the supervisor held is offered again too', async () => {
  office.lostAccess.add('case-1');
  await save(store, [note('liian myöhään')]);
  await exchange(run());
  expect(store.outbox.all().map(({ state }) => state)).toEqual(['in_review']);
  office.lostAccess.clear();
  office.restoreFromNothing('epoch-2');
  await exchange(run());
  expect(office.taken.size).toBe(1);
});

test('[P6] restored again before a first page: the epoch alone tells it', async () => {
  await exchange(run());
  office.epoch = 'epoch-2';
  office.faults = [
    () => {
      office.faults = [];
      return Promise.resolve();
    },
  ];
  const reply = office.reply.bind(office);
  office.reply = (request) => {
    const answer = reply(request);
    if (answer['reset'] === true) office.epoch = 'epoch-3';
    return answer;
  };
  expect(await exchange(run())).toEqual({ done: true });
  expect(store.syncState.epoch).toBe('epoch-3');
});

test('[R3] an answer that was overtaken by another tab is dropped', async () => {
  colleague('vanha', 'note-1');
  const other = await ainosStore(store.vault, { ms: Date.now() });
  office.faults = [
    async (request) => {
      // Meanwhile the other tab exchanges, and gets further.
      await exchange({ ...run(), store: other });
      colleague('uudempi', 'note-2');
      expect(request.cursor).toBeNull();
    },
  ];
  await exchange(run());
  expect(await texts()).toEqual(['uudempi', 'vanha']);
  expect(store.syncState.cursor).toBe(office.reply(requestAt('epoch-1/0'))['cursor']);
  other.close();
});

function requestAt(cursor: string): Parameters<Office['reply']>[0] {
  return { protocol: 2, schema: 1, device: 'x', cursor, changes: [], more_follow: false };
}

test('[L3] readings go with the next request and are forgotten once it is answered', async () => {
  const reading = { id: 'read-1', case: 'case-1', at: store.stamp() };
  await store.db.put('reads', await store.vault.seal('reads', 'read-1', reading), 'read-1');
  office.faults = ['silence'];
  await exchange(run());
  expect(await store.db.count('reads')).toBe(1);
  await exchange(run());
  expect(office.reads).toEqual([reading]);
  expect(await store.db.count('reads')).toBe(0);
});

test('[W10] a body of any size travels packed', async () => {
  const sizes: [number, string | undefined][] = [];
  const { fetch } = office;
  const link = {
    csrf: () => 'csrf-value',
    fetch: ((input, init) => {
      const headers = init?.headers as Record<string, string>;
      sizes.push([(init?.body as ArrayBuffer).byteLength, headers['content-encoding']]);
      return fetch(input, init);
    }) as typeof globalThis.fetch,
  };
  await save(store, [note('Kirjaus. '.repeat(2000))]);
  await exchange({ ...run(), link });
  expect(sizes[0]?.[1]).toBe('gzip');
  expect(sizes[0]?.[0]).toBeLessThan(1500);
  expect(office.taken.size).toBe(1);
});

test('[D3] a file that differs twice is filled anew, and nothing is asked for before its day', async () => {
  colleague('kuten palvelimella', 'note-1');
  await exchange(run());
  expect(await check(run())).toBeNull();
  // Something went wrong here: the copy lost what the server holds.
  const file = await store.files.of('case-1');
  file.copies.delete('note-1');
  store.syncState = { ...store.syncState, checkedAt: 0 };
  expect(await check(run())).toEqual({ done: true });
  const asked = office.requests.slice(1).map(({ check: digests, repair }) => ({ digests, repair }));
  expect(asked.slice(0, 3)).toEqual([
    { digests: ['case-1'], repair: undefined },
    { digests: ['case-1'], repair: undefined },
    { digests: undefined, repair: ['case-1'] },
  ]);
  expect(await texts()).toEqual(['kuten palvelimella']);
  expect(await check(run())).toBeNull();
});

test('[D4] what lies here of a class of which the server says nothing is fetched anew', async () => {
  colleague('kuten palvelimella', 'note-1');
  await exchange(run());
  const { copies } = await store.files.of('case-1');
  for (const copy of copies.values()) copy.class = 'leaders';
  store.syncState = { ...store.syncState, checkedAt: 0 };
  await check(run());
  expect(office.requests.filter(({ repair }) => repair !== undefined)).toHaveLength(1);
});
