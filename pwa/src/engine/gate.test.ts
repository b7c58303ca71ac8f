/** [J] What this device says to the server, and by what right: open, locked, signed out, wiped. */

import { expect, test, vi } from 'vitest';
import { openProfiles, openSealed } from '../store/db.ts';
import { device, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';
import type { Device } from './device.ts';
import { note } from './store.fixture.ts';

const WATCH = { until: Date.now() + 3_600_000, saidAt: null, phone: null, drill: false };

/** All that lies unsealed. */
async function inTheOpen(): Promise<string> {
  const db = await openProfiles();
  const rows = [
    await db.getAll('profiles'),
    await db.getAllKeys('browser'),
    await db.getAll('browser'),
  ];
  db.close();
  return JSON.stringify(rows);
}

async function locked(phone: Device): Promise<string> {
  const { id } = await profileOf(phone);
  await phone.lock();
  return id;
}

test('[J1] every request repeats the header’s value, reading ones too, and it lies nowhere in the open', async () => {
  const phone = await signedIn();
  await phone.ask('GET', '/api/devices');
  await phone.history('case-1', 'note-1', 'server');
  await locked(phone);
  await vi.waitFor(() => {
    expect(office.locks).toBe(1);
  });
  expect([...office.withHeader]).toEqual(expect.arrayContaining(['/api/sync', '/api/devices']));
  expect(office.withoutHeader).toEqual(new Set());
  expect(await inTheOpen()).not.toContain('csrf-value');
});

test('[J2] the private half of the key lies sealed only; a number is on the disk before it is sent', async () => {
  const phone = await signedIn();
  const { id } = await profileOf(phone);
  office.sessionIsOver = true;
  await phone.syncNow();
  expect(office.refreshes).toBe(1);
  expect(await inTheOpen()).not.toContain('"d"');
  const db = await openSealed(id);
  expect(await db.get('state', 'session_key')).toBeInstanceOf(Uint8Array);
  db.close();
  // The app is killed while the answer to its second refresh is on its way.
  office.sessionIsOver = true;
  office.losesRefresh = true;
  await phone.syncNow();
  await phone.stop();
  office.losesRefresh = false;
  const again = await device();
  await again.unlock(id, PASSWORD);
  await again.syncNow();
  const [{ last } = { last: 0 }] = office.sessions.values();
  expect([office.refreshes, last]).toEqual([3, 3]);
});

test('[J2] a session of before there were keys: its person signs in once, and nothing that waits is lost', async () => {
  const phone = await signedIn();
  const { id } = await profileOf(phone);
  await phone.lock();
  const db = await openSealed(id);
  await db.delete('state', 'session_key');
  db.close();
  const profiles = await openProfiles();
  const row = await profiles.get('profiles', id);
  if (row) {
    delete row.credential;
    await profiles.put('profiles', row);
  }
  profiles.close();
  await phone.unlock(id, PASSWORD);
  await phone.save([note('odottaa')]);
  const before = office.requests.length;
  expect(await phone.syncNow()).toMatchObject({ phase: 'sign_in', waiting: 1 });
  expect(office.requests).toHaveLength(before);
  await signedIn('aino', phone);
  expect(office.taken.size).toBe(1);
  expect(office.credentials.size).toBe(2);
});

test('[J3] the lock gives up the access token, and the unlocked store goes on by one refresh', async () => {
  const phone = await signedIn();
  const id = await locked(phone);
  await vi.waitFor(() => {
    expect(office.locks).toBe(1);
  });
  await phone.unlock(id, PASSWORD);
  const before = office.requests.length;
  expect(await phone.syncNow()).toMatchObject({ phase: 'idle' });
  expect(office.refreshes).toBe(1);
  expect(office.requests.length).toBeGreaterThan(before);
});

test('[J4] whoever signs out without a network is signed out later, however many they are', async () => {
  const phone = await signedIn('aino');
  await locked(phone);
  await signedIn('sanna', phone);
  office.isReachable = false;
  await phone.signOut(true);
  const { id } = await profileOf(phone);
  await phone.unlock(id, PASSWORD);
  await phone.signOut(true);
  expect(await phone.profiles()).toEqual([]);
  expect(await inTheOpen()).not.toMatch(/aino|sanna|csrf-value|"d"/);
  await phone.stop();
  office.isReachable = true;
  office.isBusy = true;
  await (await device()).stop();
  expect([...office.sessions.values()].map(({ isOver }) => isOver)).toEqual([false, false]);
  office.isBusy = false;
  await device();
  await vi.waitFor(() => {
    expect([...office.sessions.values()].map(({ isOver }) => isOver)).toEqual([true, true]);
  });
  await vi.waitFor(async () => {
    expect(await inTheOpen()).not.toContain('owed');
  });
  expect(office.refusedSignOuts).toBe(0);
});

test('[J4] a time that is over and cookies that are gone do not keep a session alive', async () => {
  const phone = await signedIn();
  office.sessionIsOver = true;
  office.password = '';
  await phone.signOut(true);
  await vi.waitFor(() => {
    expect(office.signOuts).toBe(1);
  });
});

test('[J4] the stand-in for the server says no to an end that another has signed', async () => {
  await signedIn('aino');
  const body = JSON.stringify({ session: 'session-1', signature: 'A'.repeat(86) });
  const headers = { 'content-type': 'application/json' };
  const answer = await office.fetch('/api/session/end', { method: 'POST', body, headers });
  expect([answer.status, office.refusedSignOuts, office.signOuts]).toEqual([403, 1, 0]);
});

test('[J5, K8] locked, each person’s device asks for itself whether the check-in is on', async () => {
  const phone = await signedIn('aino');
  await phone.setWatch(WATCH);
  await locked(phone);
  // Another person's session is in the browser meanwhile.
  await signedIn('sanna', phone);
  await phone.lock();
  office.sessionIsOver = true;
  office.checkInDeadline = new Date(WATCH.until).toISOString();
  expect(await phone.dropWatchThatIsOver()).toBe(false);
  office.isReachable = false;
  office.checkInDeadline = null;
  expect(await phone.dropWatchThatIsOver()).toBe(false);
  office.isReachable = true;
  expect(await phone.dropWatchThatIsOver()).toBe(true);
  expect((await phone.profiles()).map(({ watch }) => watch)).toEqual([null, null]);
});

test('[J6] a wipe reaches a locked phone whose session has ended, and each person’s store on it', async () => {
  const phone = await signedIn('aino');
  await locked(phone);
  await signedIn('sanna', phone);
  await phone.stop();
  office.sessionIsOver = true;
  office.password = '';
  office.isStolen = true;
  const again = await device();
  await vi.waitFor(() => {
    expect(office.wiped).toHaveLength(2);
  });
  expect(await again.profiles()).toEqual([]);
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['ovikello']);
});

test('[J6] a wipe reaches an open phone whose session has ended', async () => {
  const phone = await signedIn();
  office.sessionIsOver = true;
  office.password = '';
  await phone.syncNow();
  expect(await phone.profiles()).toHaveLength(1);
  // All that the ended session hears is that one has to sign in.
  office.hasEndedBeforeTheWipe = true;
  office.isStolen = true;
  await phone.syncNow();
  await vi.waitFor(() => {
    expect(office.wiped).toHaveLength(1);
  });
  expect(await phone.profiles()).toEqual([]);
});

test('[J6] what was wiped while the network went is reported when it is back', async () => {
  const phone = await signedIn();
  await phone.stop();
  office.isStolen = true;
  const { fetch } = office;
  const cut: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (answer.status === 403) office.isReachable = false;
    return answer;
  };
  Object.assign(office, { fetch: cut });
  const again = await device();
  await vi.waitFor(async () => {
    expect(await again.profiles()).toEqual([]);
  });
  expect(office.wiped).toEqual([]);
  await again.stop();
  Object.assign(office, { fetch, isReachable: true });
  await device();
  await vi.waitFor(() => {
    expect(office.wiped).toHaveLength(1);
  });
});
