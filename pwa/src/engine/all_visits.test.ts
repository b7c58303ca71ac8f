import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { Edit } from '../model/engine.ts';
import { AllVisits } from '../store/all_visits.ts';
import { save } from '../store/saving.ts';
import type { Store } from '../store/store.ts';
import { ainosStore } from './store.fixture.ts';

const client = (caseId: string, worker: string): Edit => ({
  record: caseId,
  kind: 'case',
  case: caseId,
  set: { client_name: caseId, own_worker: worker },
  seen: {},
});

const visit = (record: string, day: string, more: Edit['set'] = {}, caseId = 'case-1'): Edit => {
  const span = { start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z` };
  return {
    record,
    kind: 'visit',
    case: caseId,
    set: { plan: span, actual: span, outcome: { code: 'done' }, worker: 'aino', ...more },
    seen: {},
  };
};

let store: Store;
let visits: AllVisits;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await ainosStore();
  visits = new AllVisits(store);
  await save(store, [
    client('case-1', 'aino'),
    client('case-2', 'liisa'),
    visit('long-ago', '2025-03-04'),
    visit('the-day-after', '2025-03-05'),
    visit('as-partner', '2025-03-04', { worker: 'liisa', partner: 'aino' }, 'case-2'),
    visit('of-a-colleague', '2025-03-04', { worker: 'liisa' }, 'case-2'),
  ]);
});

const found = async (from: string, until: string) => {
  const answer = await visits.between(`${from}T00:00:00Z`, `${until}T00:00:00Z`);
  return answer.map(({ record }) => record).sort();
};

test('[F4] own visits of long ago are found in the case files, which the index does not list', async () => {
  const listed = [...store.index.values()].flatMap(({ summary }) => summary?.visits ?? []);
  expect(listed).toEqual([]);
  expect(await found('2025-03-04', '2025-03-05')).toEqual(['as-partner', 'long-ago']);
  expect(await found('2025-03-06', '2025-03-07')).toEqual([]);
});

test('[F4] what runs over midnight is found from both days', async () => {
  const span = { start: '2025-03-09T21:00:00Z', end: '2025-03-10T01:00:00Z' };
  await save(store, [visit('at-night', '2025-03-09', { plan: span, actual: span })]);
  expect(await found('2025-03-09', '2025-03-10')).toEqual(['at-night']);
  expect(await found('2025-03-10', '2025-03-11')).toEqual(['at-night']);
});

test('[F4] a case file that has changed is looked at anew', async () => {
  expect(await found('2025-04-01', '2025-04-02')).toEqual([]);
  await save(store, [visit('written-since', '2025-04-01')]);
  visits.forget(['case-1']);
  expect(await found('2025-04-01', '2025-04-02')).toEqual(['written-since']);
});
