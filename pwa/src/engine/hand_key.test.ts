/** What a client gives by hand: sealed while the store is locked, opened by its own person alone. */

import { expect, test } from 'vitest';
import { Tampered } from '../store/vault.ts';
import { device, PASSWORD, profileOf, signedIn } from './device.fixture.ts';

const ANSWER = JSON.stringify({
  record: 'p',
  set: { own_hand: { words: 'Merkki-4417 '.repeat(600) } },
});

test('[Y7] what was sealed while it was locked opens once it is open again, with whatever key was asked before', async () => {
  const phone = await signedIn();
  const key = await phone.byHand();
  expect(await phone.byHand()).toBe(key);
  await phone.lock();
  const sealed = await phone.sealAnswer(key, ANSWER);
  expect(atob(sealed.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('Merkki');
  await expect(async () => phone.byHand(sealed)).rejects.toThrow();
  const { id } = await profileOf(phone);
  await phone.unlock(id, PASSWORD);
  expect(JSON.parse(await phone.byHand(sealed))).toEqual(JSON.parse(ANSWER));
});

test('[Y7] two tabs that ask for a key at the same moment get one', async () => {
  const phone = await signedIn();
  const tab = await device();
  const [one, other] = await Promise.all([phone.byHand(), tab.byHand()]);
  expect(one).toBe(other);
});

test('[Y7] another store opens none of it, nor what was altered or cut', async () => {
  const phone = await signedIn();
  const ainos = (await profileOf(phone)).id;
  const sealed = await phone.sealAnswer(await phone.byHand(), '{}');
  await phone.lock();
  const liisas = await signedIn('liisa', phone);
  await expect(liisas.byHand(sealed)).rejects.toThrow(Tampered);
  await liisas.byHand();
  await expect(liisas.byHand(sealed)).rejects.toThrow(Tampered);
  await liisas.lock();
  await phone.unlock(ainos, PASSWORD);
  expect((await phone.byHand(sealed)).trim()).toBe('{}');
  for (const spoilt of [sealed.slice(0, -4), sealed.slice(0, 40), '', `A${sealed.slice(1)}`, '!'])
    await expect(phone.byHand(spoilt)).rejects.toThrow(Tampered);
});
