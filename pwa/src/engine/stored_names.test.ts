/** [R14] Stores that devices sealed under protocol 1, as they lay on the disk (`stored/`), opened by this release. */

import { expect, test } from 'vitest';
import { device, office, profileOf } from './device.fixture.ts';
import protocol1 from './stored/protocol-1.json';
import release01 from './stored/release-0.1.json';

interface Recorded {
  password: string;
  databases: Record<string, { version: number; stores: Record<string, Rows> }>;
}

interface Rows {
  keyPath: string | null;
  rows: [IDBValidKey, unknown][];
}

const recorded = [
  ['0.1', release01],
  ['0.2 before its words', protocol1],
] as unknown as [string, Recorded][];

/** Sealed bytes stand as base64. */
function asStored(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('bytes' in value) return Uint8Array.from(atob(String(value.bytes)), (c) => c.charCodeAt(0));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asStored(one)]));
}

async function layDown({ databases }: Recorded): Promise<void> {
  for (const [name, { version, stores }] of Object.entries(databases)) {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => {
      for (const [table, { keyPath, rows }] of Object.entries(stores)) {
        const store = opening.result.createObjectStore(table, { keyPath });
        for (const [key, value] of rows)
          store.put(asStored(value), keyPath === null ? key : undefined);
      }
    };
    await new Promise((resolve) => (opening.onsuccess = resolve));
    opening.result.close();
  }
}

test.each(recorded)('[R14] the store of %s opens with its outbox and drafts', async (_, old) => {
  await layDown(old);
  office.isReachable = false;
  const phone = await device();
  const { id } = await profileOf(phone);
  expect(await phone.unlock(id, old.password)).toMatchObject({ ok: true });
  const said = (await phone.outbox()).filter(({ state }) => state !== 'sent');
  expect(said.map(({ set, state }) => [set['text'], state])).toEqual([
    ['Odottaa esihenkilöä.', 'in_review'],
    ['Palvelin ei ottanut tätä.', 'refused'],
    ['Tämä on annettu esihenkilölle.', 'waiting'],
    ['Kellarissa kirjattu.', 'waiting'],
    ['Liisan kirjaus korjattuna.', 'waiting'],
  ]);
  expect(await phone.drafts()).toMatchObject([{ values: { text: 'Kesken jäi' } }]);
  const texts = (await phone.openCase('case-1')).flatMap(({ fields }) => fields['text'] ?? []);
  expect(texts.map(({ value }) => value).sort()).toEqual([
    'Kellarissa kirjattu.',
    'Liisan kirjaus korjattuna.',
    'Perillä ja vielä ilman varmuuskopiota.',
  ]);
});

test.each(recorded)('[R14] [W13] the outbox of %s is sent by today’s names', async (_, old) => {
  await layDown(old);
  const phone = await device();
  const { id } = await profileOf(phone);
  await phone.unlock(id, old.password);
  expect(await phone.signIn('aino', old.password)).toMatchObject({ ok: true });
  expect(await phone.syncNow()).toMatchObject({ phase: 'idle', waiting: 0, fix: 1 });
  const arrived = [...office.taken.values()].map(({ change }) => change.set['text']);
  expect(arrived).toEqual([
    'Tämä on annettu esihenkilölle.',
    'Kellarissa kirjattu.',
    'Liisan kirjaus korjattuna.',
  ]);
  const escalated = office.requests.flatMap((request) => request.escalated ?? []);
  expect(escalated).toEqual([[...office.taken.keys()][0]]);
});

const oldest = release01 as unknown as Recorded;

test('[R14] [P6] what protocol 1 had acknowledged and no backup has is offered again after a reset', async () => {
  await layDown(oldest);
  office.epoch = 'epoch-2';
  const phone = await device();
  await phone.unlock((await profileOf(phone)).id, oldest.password);
  await phone.signIn('aino', oldest.password);
  await phone.syncNow();
  const arrived = [...office.taken.values()].map(({ change }) => change.set['text']);
  expect(arrived).toContain('Perillä ja vielä ilman varmuuskopiota.');
  expect(arrived).toContain('Odottaa esihenkilöä.');
});
