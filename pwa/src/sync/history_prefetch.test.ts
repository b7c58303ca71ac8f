/** The log of the coming days' case files, fetched before anybody asks for it. */

import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { Json } from '../rules/json.ts';
import { history } from './record_history.ts';
import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { save } from '../store/saving.ts';
import { ainosStore, note, type Clock } from '../engine/store.fixture.ts';
import type { Store } from '../store/store.ts';
import { exchange } from './exchange.ts';
import { prefetchHistory, casesToPrefetch } from './history_prefetch.ts';
import { Office } from './office.fixture.ts';
import type { Link } from './messages.ts';

const NOW = Date.parse('2026-11-23T08:00:00Z');

let office: Office;
let store: Store;
let clock: Clock;
let link: Link;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  office = new Office();
  clock = { ms: NOW };
  store = await ainosStore(undefined, clock);
  link = { fetch: office.fetch, csrf: () => 'csrf-value' };
});

function plan(caseId: string, start: string, worker = 'aino'): void {
  const write = (record: string, kind: string, set: Record<string, Json>) =>
    office.write({ id: `${kind}-${caseId}`, record, kind, case: caseId, set });
  write(caseId, 'case', { client_name: 'Paavo' });
  write(`visit-${caseId}`, 'visit', { plan: { start, end: start }, worker });
  write(`note-${caseId}`, 'note', { text: 'eka' });
}

async function synced(): Promise<void> {
  const progress = () => undefined;
  await exchange({ store, link, device: 'phone', progress, batching: { share: 1 } });
}

const fetchAll = () => prefetchHistory(store, link, 0);
const here = (caseId: string) => history(store, link, caseId, `note-${caseId}`, 'here');
const cases = () => office.logRequests.map((asked) => asked.case);

test('[L6] the coming week of one file is asked for once, and is there without a network', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  plan('later', '2026-12-15T09:00:00Z');
  await synced();
  await fetchAll();
  await fetchAll();
  expect(cases()).toEqual(['soon']);
  office.isReachable = false;
  const { entries, complete } = await history(store, link, 'soon', 'note-soon', 'server');
  expect(entries).toMatchObject([{ change: 'note-soon', author: 'liisa', set: { text: 'eka' } }]);
  expect(complete).toBe(true);
  expect(await here('later')).toEqual({ entries: [], complete: false });
});

test('[L6] a second time only what came later is asked for', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  await synced();
  await fetchAll();
  const set = { text: 'toka' };
  office.write({ id: 'second', record: 'note-soon', kind: 'note', case: 'soon', set });
  await synced();
  expect((await here('soon')).complete).toBe(false);
  await fetchAll();
  expect(office.logRequests.map(({ after }) => after)).toEqual([-1, 2]);
  const { entries, complete } = await here('soon');
  expect(entries.map(({ change }) => change)).toEqual(['second', 'note-soon']);
  expect(complete).toBe(true);
});

test('[L6] it goes on from the page where it was cut off', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  for (let n = 0; n < 450; n++)
    office.write({
      id: `n${n}`,
      record: 'note-soon',
      kind: 'note',
      case: 'soon',
      set: { text: `${n}` },
    });
  await synced();
  office.logPageEntries = 150;
  let pages = 0;
  const cut: Link = {
    csrf: link.csrf,
    fetch: (...asked) => (++pages > 2 ? Promise.reject(new TypeError()) : office.fetch(...asked)),
  };
  await prefetchHistory(store, cut, 0);
  expect((await here('soon')).complete).toBe(false);
  await fetchAll();
  expect(office.logRequests.map(({ after }) => after)).toEqual([-1, 149, 299, 449]);
  const { entries, complete } = await here('soon');
  expect([entries.length, complete]).toEqual([451, true]);
  expect(new Set(entries.map(({ change }) => change)).size).toBe(451);
});

test('[L6] what waits to be sent goes first', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  await synced();
  await save(store, [note('odottaa')]);
  await fetchAll();
  expect(cases()).toEqual([]);
});

test('[L6] it leaves with its case file, and what was looked at too', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  await synced();
  await fetchAll();
  const before = await store.db.count('state');
  office.lostAccess.add('soon');
  office.nextFiles.push({ case: 'soon', event: 'purge' });
  await synced();
  expect((await here('soon')).entries).toEqual([]);
  expect(await store.db.count('state')).toBe(before - 1);
  await fetchAll();
  expect(cases()).toEqual(['soon']);
});

test('[L6] after a reset it is another log: nothing of the old one is shown', async () => {
  plan('soon', '2026-11-25T09:00:00Z');
  await synced();
  await fetchAll();
  office.restoreFromNothing('epoch-2');
  plan('soon', '2026-11-25T10:00:00Z');
  await synced();
  expect((await here('soon')).entries).toEqual([]);
  await fetchAll();
  expect((await here('soon')).entries).toHaveLength(1);
  expect(office.logRequests.map(({ after }) => after)).toEqual([-1, -1]);
});

test('[L6] at most twenty files: own visits first, then the nearest', () => {
  const visit = (n: number, worker: string): Partial<VisitSummary> => ({
    case: `case-${n}`,
    start: `2026-11-2${3 + (n % 6)}T09:00:00Z`,
    worker,
    partner: null,
  });
  const summaries = Array.from({ length: 40 }, (_, n) => ({
    visits: [visit(n, n % 4 === 0 ? 'aino' : 'liisa')],
  })) as CaseSummary[];
  const wanted = casesToPrefetch(summaries, 'aino', NOW);
  expect(wanted).toHaveLength(20);
  expect(wanted.slice(0, 10).every((caseId) => Number(caseId.slice(5)) % 4 === 0)).toBe(true);
  expect(casesToPrefetch(summaries, 'aino', NOW + 60 * 24 * 3_600_000)).toEqual([]);
});
