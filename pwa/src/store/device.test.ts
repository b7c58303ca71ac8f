/** The engine as the screens meet it: real store, real vault, an office at the edge of the network. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Office } from '../sync/office.fixture.ts';
import { Device } from './device.ts';
import type { Edit, EngineEvent } from './engine.ts';

const PASSWORD = 'Kuusi-Petäjä-7';

vi.setConfig({ testTimeout: 60_000 });

let office: Office;
let devices: Device[] = [];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  office = new Office();
  devices = [];
});

afterEach(() => Promise.all(devices.map((device) => device.stop())));

async function device(now: () => number = Date.now): Promise<Device> {
  const started = await Device.start({ fetch: office.fetch, now });
  devices.push(started);
  return started;
}

async function signedIn(): Promise<Device> {
  const phone = await device();
  const signed = await phone.signIn('aino', PASSWORD);
  expect(signed.ok).toBe(true);
  await phone.syncNow();
  return phone;
}

function note(text: string, record = 'note-1', seen: Edit['seen'] = {}): Edit {
  return { record, kind: 'note', case: 'case-1', set: { text }, seen };
}

test('[R1] a saved entry is painted at once and sent later', async () => {
  const phone = await signedIn();
  office.faults = ['silence', 'silence'];
  await phone.save([note('Siivottiin yhdessä')]);
  const [record] = await phone.openCase('case-1');
  expect(record?.fields['text']?.[0]?.value).toBe('Siivottiin yhdessä');
  expect(record?.pending).toHaveLength(1);
  await phone.syncNow();
  office.faults = [];
  const state = await phone.syncNow();
  expect(state.waiting).toBe(0);
  expect(office.taken.size).toBe(1);
  const [sent] = await phone.openCase('case-1');
  expect(sent?.pending).toEqual([]);
});

test('[W3] an answer lost after the server took the entries: nothing is there twice', async () => {
  const phone = await signedIn();
  office.faults = ['lost'];
  await phone.save([note('Soitettiin vuokranantajalle')]);
  await phone.syncNow();
  await phone.syncNow();
  expect((await phone.sync()).waiting).toBe(0);
  const [record] = await phone.openCase('case-1');
  expect(record?.fields['text']).toHaveLength(1);
});

test('[V5] locking tells the screens, and everything is there after unlocking', async () => {
  const phone = await signedIn();
  await phone.save([note('Tallessa')]);
  const events: EngineEvent[] = [];
  await phone.subscribe((event) => events.push(event));
  await phone.lock();
  expect(events.map(({ event }) => event)).toContain('locked');
  expect(() => phone.summaries()).toThrow();
  const [profile] = await phone.profiles();
  expect(await phone.unlock(profile?.id ?? '', 'väärä salasana')).toMatchObject({
    reason: 'wrong',
  });
  expect(await phone.unlock(profile?.id ?? '', PASSWORD)).toMatchObject({ ok: true });
  const [record] = await phone.openCase('case-1');
  expect(record?.fields['text']?.[0]?.value).toBe('Tallessa');
});
