/** The passkey's slot, from the vault up to the engine; an authenticator is 32 bytes that nobody else can give. */

import { expect, test } from 'vitest';
import { openProfiles } from '../store/db.ts';
import { device, NEXT_PASSWORD, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';
import type { Device } from './device.ts';
import type { Passkey } from '../model/engine.ts';
import { note } from './store.fixture.ts';
import { Tampered, Vault, type PasskeySlot } from '../store/vault.ts';
import { behindPasskey, passkeySlot } from '../store/vault_passkey.ts';
import type { Bytes } from '../model/keys.ts';

const PASSKEY: Passkey = { credential: bytes(64, 1), salt: bytes(32, 2) };

async function ainosPhone(now?: () => number): Promise<Device> {
  return signedIn('aino', await device(now));
}

/** Her phone with quick unlock on, locked; and her profile's id. */
async function locked(phone: Device): Promise<string> {
  await phone.addPasskey(PASSKEY, finger());
  await phone.lock();
  return (await profileOf(phone)).id;
}

/** What Aino's authenticator answers: new bytes each time, since whoever takes them erases them. */
function finger(): Bytes {
  return bytes(32, 7);
}

function bytes(length: number, value: number): Bytes {
  return new Uint8Array(length).fill(value);
}

test('[V9] the authenticator’s answer opens the slot, another one’s does not', async () => {
  const vault = Vault.fresh('aino');
  const slot = await passkeySlot(vault, PASSKEY, finger());
  const opened = await behindPasskey('aino', slot, finger());
  expect(opened?.dataKey()).toEqual(vault.dataKey());
  expect(await behindPasskey('aino', slot, bytes(32, 8))).toBeNull();
  await expect(passkeySlot(vault, PASSKEY, bytes(16, 7))).rejects.toThrow(RangeError);
});

test('[V9] the slot holds neither the answer nor the data key', async () => {
  const vault = Vault.fresh('aino');
  const slot = await passkeySlot(vault, PASSKEY, finger());
  const stored = [slot.credential, slot.salt, slot.sealed, slot.checksum].map((part) =>
    part.join(),
  );
  for (const secret of [finger(), vault.dataKey()])
    expect(stored.some((part) => part.includes(secret.join()))).toBe(false);
});

test('[V6, V9] bound to person, credential and salt; a damaged slot is not another finger', async () => {
  const vault = Vault.fresh('aino');
  const slot = await passkeySlot(vault, PASSKEY, finger());
  expect(await behindPasskey('liisa', slot, finger())).toBeNull();
  for (const part of ['credential', 'salt', 'sealed', 'checksum'] as const) {
    const altered: PasskeySlot = { ...slot, [part]: flipped(slot[part]) };
    await expect(behindPasskey('aino', altered, finger())).rejects.toThrow(Tampered);
  }
  const cut: PasskeySlot = { ...slot, sealed: slot.sealed.slice(0, -1) };
  await expect(behindPasskey('aino', cut, finger())).rejects.toThrow(Tampered);
});

test('[V6, V9] who rewrites the header and its checksum opens nothing either', async () => {
  const vault = Vault.fresh('aino');
  const slot = await passkeySlot(vault, PASSKEY, finger());
  const other: Passkey = { credential: bytes(64, 3), salt: PASSKEY.salt };
  const { sealed } = await passkeySlot(vault, other, finger());
  expect(await withChecksum(slot)).toEqual(slot);
  const forged = await withChecksum({ ...slot, sealed });
  expect(await behindPasskey('aino', forged, finger())).toBeNull();
});

test('[V9] it opens without a network and without the password, and the answer is erased', async () => {
  const phone = await ainosPhone();
  office.isReachable = false;
  await phone.save([note('ovella')]);
  const profile = await locked(phone);
  expect((await profileOf(phone)).passkey).toEqual(PASSKEY);
  const answer = finger();
  expect(await phone.unlockByPasskey(profile, answer)).toMatchObject({ ok: true });
  expect(answer).toEqual(bytes(32, 0));
  const [view] = await phone.openCase('case-1');
  expect(view?.fields['text']?.[0]?.value).toBe('ovella');
});

test('[V4, V9] another finger is told and not counted; the right one ends a wait for the password', async () => {
  const phone = await ainosPhone(() => 1_764_755_100_000);
  const profile = await locked(phone);
  for (let i = 0; i < 5; i++)
    expect(await phone.unlockByPasskey(profile, bytes(32, 8))).toMatchObject({ reason: 'wrong' });
  for (let i = 0; i < 3; i++) await phone.unlock(profile, 'väärä');
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wait' });
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ ok: true });
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V9] a damaged slot is told, and the password still opens', async () => {
  const phone = await ainosPhone();
  const profile = await locked(phone);
  const db = await openProfiles();
  const row = await db.get('profiles', profile);
  if (!row?.passkey) throw new Error('no slot');
  await db.put('profiles', {
    ...row,
    passkey: { ...row.passkey, sealed: flipped(row.passkey.sealed) },
  });
  db.close();
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ reason: 'damaged' });
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V9] turned off, signed out or discarded, the slot is gone', async () => {
  const phone = await ainosPhone();
  const profile = await locked(phone);
  await phone.unlock(profile, PASSWORD);
  await phone.dropPasskey();
  expect((await profileOf(phone)).passkey).toBeNull();
  await phone.lock();
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ reason: 'wrong' });
  await phone.unlock(profile, PASSWORD);
  await phone.addPasskey(PASSKEY, finger());
  await phone.signOut(true);
  expect(await storedSlots()).toEqual([]);
  await phone.signIn('aino', PASSWORD);
  expect((await profileOf(phone)).passkey).toBeNull();
  await phone.discard(await locked(phone));
  expect(await storedSlots()).toEqual([]);
});

test('[V9] signing in anew with the same password keeps it, and so does changing it here', async () => {
  const phone = await ainosPhone();
  await phone.addPasskey(PASSKEY, finger());
  expect(await phone.signIn('aino', PASSWORD)).toMatchObject({ ok: true });
  expect(await phone.changePassword(PASSWORD, NEXT_PASSWORD)).toEqual({ ok: true });
  const profile = await locked(phone);
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ ok: true });
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wrong' });
  expect(await phone.unlock(profile, NEXT_PASSWORD)).toMatchObject({ ok: true });
});

test('[V8, V9] after a reset the passkey still rescues what is unsent, and goes with the old password', async () => {
  const phone = await ainosPhone();
  office.isReachable = false;
  await phone.save([note('ennen uutta salasanaa')]);
  const profile = await locked(phone);
  office.isReachable = true;
  office.password = NEXT_PASSWORD;
  expect(await phone.signIn('aino', NEXT_PASSWORD)).toMatchObject({ reason: 'needs_old_password' });
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ ok: true });
  expect(await phone.signIn('aino', NEXT_PASSWORD)).toMatchObject({ ok: true });
  await phone.syncNow();
  expect(office.taken.size).toBe(1);
  expect((await profileOf(phone)).passkey).toBeNull();
  await phone.lock();
  expect(await phone.unlockByPasskey(profile, finger())).toMatchObject({ reason: 'wrong' });
  expect(await phone.unlock(profile, NEXT_PASSWORD)).toMatchObject({ ok: true });
});

test('[V8, V9] with the old password once, a reset drops the passkey too', async () => {
  const phone = await ainosPhone();
  await locked(phone);
  office.password = NEXT_PASSWORD;
  expect(await phone.signIn('aino', NEXT_PASSWORD, PASSWORD)).toMatchObject({ ok: true });
  expect((await profileOf(phone)).passkey).toBeNull();
});

async function storedSlots(): Promise<unknown[]> {
  const db = await openProfiles();
  const rows = await db.getAll('profiles');
  db.close();
  return rows;
}

function flipped(part: Bytes): Bytes {
  const altered = part.slice();
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  return altered;
}

/** A slot as its forger would leave it: whole to look at. */
async function withChecksum(slot: PasskeySlot): Promise<PasskeySlot> {
  const text = (part: Bytes) =>
    btoa(String.fromCharCode(...part))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const head = new TextEncoder().encode(`prf ${text(slot.credential)} ${text(slot.salt)}`);
  const whole = await new Blob([head, slot.salt, slot.sealed]).arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', whole)).slice(0, 8);
  return { ...slot, checksum: sum };
}
