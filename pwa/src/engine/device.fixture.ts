/** The engine as the screens meet it, for tests: a disk of its own, a small office at the edge of the network. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { Office } from '../sync/office.fixture.ts';
import { Device } from './device.ts';
import type { Profile } from '../model/engine.ts';

export const PASSWORD = 'Kuusi-Petäjä-7';
export const NEXT_PASSWORD = 'Koivu-Pihlaja-8';

/** Each test's own. */
export let office: Office;
let devices: Device[];

// A password costs as much here as on a phone.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  office = new Office();
  devices = [];
});

afterEach(() => Promise.all(devices.map((device) => device.stop())));

/** A device on this disk: a phone, or another tab of it. */
export async function device(now: () => number = Date.now): Promise<Device> {
  const started = await Device.start({ fetch: office.fetch, now });
  devices.push(started);
  return started;
}

export async function signedIn(name = 'aino', phone?: Device): Promise<Device> {
  const here = phone ?? (await device());
  expect(await here.signIn(name, office.password)).toMatchObject({ ok: true });
  await here.syncNow();
  return here;
}

export async function profileOf(phone: Device): Promise<Profile> {
  const [profile] = await phone.profiles();
  if (!profile) throw new Error('nobody has a store here');
  return profile;
}
