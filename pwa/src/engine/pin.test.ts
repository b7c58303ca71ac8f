/** The PIN's slot (V11), from the vault up to the engine, and who counts wrong ones. */

import { afterEach, expect, test, vi } from 'vitest';
import { PIN_TRIES_MAX } from '../rules/constants.ts';
import { openProfiles, type ProfileRow } from '../store/db.ts';
import { Tampered, Vault, type PinSlot } from '../store/vault.ts';
import { mustBeIntact, StretchedPin } from '../store/vault_pin.ts';
import { device, NEXT_PASSWORD, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';
import type { Device } from './device.ts';

const PIN = '274916';
const WRONG = '274917';
const MORNING = 1_764_755_100_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Aino's phone with a PIN, locked, and her profile's id. */
async function locked(isOffline: boolean, now?: () => number): Promise<[Device, string]> {
  const phone = await signedIn('aino', await device(now));
  office.mayPinBeOffline = isOffline;
  expect(await phone.setPin(PIN)).toMatchObject({ ok: {} });
  await phone.lock();
  return [phone, (await profileOf(phone)).id];
}

async function row(profile: string): Promise<ProfileRow> {
  const db = await openProfiles();
  const found = await db.get('profiles', profile);
  db.close();
  if (!found) throw new Error('no profile');
  return found;
}

async function changed(profile: string, turn: (pin: PinSlot) => PinSlot): Promise<void> {
  const found = await row(profile);
  if (!found.pin) throw new Error('no PIN');
  const db = await openProfiles();
  await db.put('profiles', { ...found, pin: { ...found.pin, slot: turn(found.pin.slot) } });
  db.close();
}

test('[V11] the slot opens by the PIN and the share together, and holds none of them', async () => {
  const vault = Vault.fresh('aino');
  const made = await StretchedPin.fresh(PIN);
  const slot = await made.slot(vault, 'share');
  const again = await StretchedPin.of(PIN, slot);
  expect((await again.open('aino', slot, 'share'))?.dataKey()).toEqual(vault.dataKey());
  for (const [pin, profile, share] of [
    [PIN, 'aino', 'another'],
    [PIN, 'aino', null],
    [PIN, 'liisa', 'share'],
    [WRONG, 'aino', 'share'],
  ] as const)
    expect(await (await StretchedPin.of(pin, slot)).open(profile, slot, share)).toBeNull();
  expect(await again.proof()).toBe(await made.proof());
  expect(await made.proof()).not.toBe(await (await StretchedPin.fresh(PIN)).proof());
  const lying = JSON.stringify([...slot.sealed, ...slot.salt, ...slot.checksum]);
  expect(lying).not.toContain([...vault.dataKey()].join());
});

test('[V3, V6, V11] a slot that was altered is not tried', async () => {
  const slot = await (await StretchedPin.fresh(PIN)).slot(Vault.fresh('aino'), 'share');
  const altered: PinSlot[] = [
    { ...slot, isOnline: false },
    { ...slot, memoryKib: slot.memoryKib + 1 },
    { ...slot, sealed: slot.sealed.map((byte) => byte ^ 1) },
    { ...slot, salt: slot.salt.slice(1) },
  ];
  await expect(mustBeIntact(slot)).resolves.toBeUndefined();
  for (const one of altered) await expect(mustBeIntact(one)).rejects.toThrow(Tampered);
});

test('[V11, J14] online the server counts, in a second tab and after a restart too', async () => {
  const [phone, profile] = await locked(false);
  expect((await profileOf(phone)).pin).toBe('online');
  expect(await phone.unlockByPin(profile, WRONG)).toMatchObject({ reason: 'wrong', triesLeft: 4 });
  const other = await device(() => MORNING - 86_400_000);
  expect(await other.unlockByPin(profile, WRONG)).toMatchObject({ reason: 'wrong', triesLeft: 3 });
  expect(await other.unlockByPin(profile, PIN)).toMatchObject({ ok: true });
  await other.lock();
  for (let left = 4; left > 0; left -= 1)
    expect(await phone.unlockByPin(profile, WRONG)).toMatchObject({ triesLeft: left });
  expect(await phone.unlockByPin(profile, WRONG)).toMatchObject({ reason: 'pin_gone' });
  expect((await profileOf(phone)).pin).toBeNull();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V11] online without a network nothing is tried, and the PIN stays', async () => {
  const [phone, profile] = await locked(false);
  office.isReachable = false;
  for (let tries = 0; tries <= PIN_TRIES_MAX; tries += 1)
    expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'no_connection' });
  office.isReachable = true;
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ ok: true });
});

test('[V4, V11] offline the device counts: across a restart, two tabs and a clock that was put back', async () => {
  let now = MORNING;
  const [phone, profile] = await locked(true, () => now);
  office.isReachable = false;
  expect((await profileOf(phone)).pin).toBe('offline');
  expect(await phone.unlockByPin(profile, WRONG)).toMatchObject({ triesLeft: 4 });
  const other = await device(() => now);
  expect(await other.unlockByPin(profile, WRONG)).toMatchObject({ triesLeft: 3 });
  expect(await other.unlockByPin(profile, WRONG)).toMatchObject({ triesLeft: 2, waitMs: 5_000 });
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'wait' });
  now -= 3_600_000;
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'wait', waitMs: 5_000 });
  now += 5_000;
  expect(await phone.unlockByPin(profile, WRONG)).toMatchObject({ triesLeft: 1, waitMs: 10_000 });
  now += 10_000;
  const restarted = await device(() => now);
  expect(await restarted.unlockByPin(profile, WRONG)).toMatchObject({ reason: 'pin_gone' });
  expect((await row(profile)).pin).toBeUndefined();
  now += 3_600_000;
  expect(await restarted.unlockByPin(profile, PIN)).toMatchObject({ reason: 'pin_gone' });
  expect(await restarted.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V11] a try that the phone died in is a try, the fifth too', async () => {
  let now = MORNING;
  const [phone, profile] = await locked(true, () => now);
  vi.spyOn(StretchedPin, 'of').mockRejectedValue(new Error('killed'));
  for (let tries = 1; tries <= PIN_TRIES_MAX; tries += 1) {
    await expect(phone.unlockByPin(profile, PIN)).rejects.toThrow('killed');
    expect((await row(profile)).pin?.tries).toBe(tries);
    now += 3_600_000;
  }
  vi.restoreAllMocks();
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'pin_gone' });
});

test('[V11] a right PIN begins the count anew, and goes where the organisation lets it no more', async () => {
  const [phone, profile] = await locked(true);
  await phone.unlockByPin(profile, WRONG);
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ ok: true });
  expect((await row(profile)).pin?.tries).toBe(0);
  await phone.lock();
  office.mayPinBeOffline = false;
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ ok: true });
  await vi.waitFor(async () => {
    expect((await row(profile)).pin).toBeUndefined();
  });
});

test('[V11] an altered slot is gone, and the password still opens', async () => {
  const [phone, profile] = await locked(true);
  await changed(profile, (slot) => ({ ...slot, passes: 1 }));
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'pin_gone' });
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test('[V8, V11] given up, and where the password was changed elsewhere, it is gone', async () => {
  const [phone, profile] = await locked(false);
  await phone.unlock(profile, PASSWORD);
  office.isReachable = false;
  expect(await phone.dropPin()).not.toHaveProperty('ok');
  expect((await profileOf(phone)).pin).toBe('online');
  office.isReachable = true;
  expect(await phone.dropPin()).toEqual({ ok: null });
  expect((await profileOf(phone)).pin).toBeNull();
  expect(office.pins.size).toBe(0);
  await phone.setPin(PIN);
  office.password = NEXT_PASSWORD;
  expect(await phone.signIn('aino', NEXT_PASSWORD)).toMatchObject({ ok: true });
  expect((await profileOf(phone)).pin).toBeNull();
});

test('[V11] without the server none is set, and one that was there stays', async () => {
  const [phone, profile] = await locked(false);
  await phone.unlockByPin(profile, PIN);
  office.isReachable = false;
  expect(await phone.setPin('31415926')).not.toHaveProperty('ok');
  office.isReachable = true;
  await phone.lock();
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ ok: true });
});

test('[V11] where the answer to a new one is lost, the old one goes and counts no wrong try', async () => {
  const [phone, profile] = await locked(false);
  await phone.unlockByPin(profile, PIN);
  office.losesPinOffers = true;
  expect(await phone.setPin('31415926')).toEqual({ none: true });
  expect((await profileOf(phone)).pin).toBeNull();
  await phone.lock();
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'pin_gone' });
  expect([...office.pins.values()]).toMatchObject([{ tries: 0 }]);
  office.losesPinOffers = false;
  await phone.unlock(profile, PASSWORD);
  expect(await phone.setPin('31415926')).toMatchObject({ ok: {} });
  await phone.lock();
  expect(await phone.unlockByPin(profile, '31415926')).toMatchObject({ ok: true });
});

test('[V11] who was killed while the server was asked for a new one opens with the password', async () => {
  const [phone, profile] = await locked(false);
  await phone.unlockByPin(profile, PIN);
  const asking = vi.spyOn(StretchedPin.prototype, 'slot').mockRejectedValue(new Error('killed'));
  await expect(phone.setPin('31415926')).rejects.toThrow('killed');
  asking.mockRestore();
  await phone.lock();
  expect((await profileOf(phone)).pin).toBeNull();
  expect(await phone.unlockByPin(profile, PIN)).toMatchObject({ reason: 'pin_gone' });
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});
