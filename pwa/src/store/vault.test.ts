import { expect, test, vi } from 'vitest';
import { Tampered, Vault, type Slot } from './vault.ts';
import type { Bytes } from '../model/keys.ts';

vi.setConfig({ testTimeout: 60_000 });

const MARKER = 'Siivottiin yhdessä, merkki-7391';

test('[V1] what was sealed opens in its place, and its bytes say nothing', async () => {
  const vault = Vault.fresh('aino');
  const sealed = await vault.seal('outbox', '1', { text: MARKER });
  expect(await vault.open('outbox', '1', sealed)).toEqual({ text: MARKER });
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain('merkki-7391');
});

test('[V1] the same value is never sealed the same way twice', async () => {
  const vault = Vault.fresh('aino');
  const nonces = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const sealed = await vault.seal('drafts', 'a', 'x');
    nonces.add(sealed.subarray(1, 13).join());
  }
  expect(nonces.size).toBe(200);
});

test('[V2] two vaults share no key, and a key handed over opens the same', async () => {
  const vault = Vault.fresh('aino');
  const sealed = await vault.seal('state', 'a', 1);
  await expect(Vault.fresh('aino').open('state', 'a', sealed)).rejects.toThrow(Tampered);
  expect(await Vault.ofKey('aino', vault.dataKey()).open('state', 'a', sealed)).toBe(1);
});

test('[V2] names are opaque, the same in one vault and different in another', async () => {
  const vault = Vault.fresh('aino');
  expect(await vault.name('case-1')).toBe(await vault.name('case-1'));
  expect(await vault.name('case-1')).not.toContain('case');
  expect(await vault.name('case-1')).not.toBe(await Vault.fresh('aino').name('case-1'));
});

test('[V6] moved to another person, table or place it does not open', async () => {
  const vault = Vault.fresh('aino');
  const sealed = await vault.seal('files', 'a 0', MARKER);
  await expect(vault.open('files', 'a 1', sealed)).rejects.toThrow(Tampered);
  await expect(vault.open('index', 'a 0', sealed)).rejects.toThrow(Tampered);
  const liisas = Vault.ofKey('liisa', vault.dataKey());
  await expect(liisas.open('files', 'a 0', sealed)).rejects.toThrow(Tampered);
});

test('[V6] no byte can be altered, and none be left out', async () => {
  const vault = Vault.fresh('aino');
  const sealed = await vault.seal('files', 'a 0', 'lyhyt');
  for (let at = 0; at < sealed.length; at++) {
    const altered = sealed.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    await expect(vault.open('files', 'a 0', altered)).rejects.toThrow(Tampered);
    await expect(vault.open('files', 'a 0', sealed.slice(0, at))).rejects.toThrow(Tampered);
  }
});

test('[V3] the password opens the slot, and its cost stands in the header', async () => {
  const vault = Vault.fresh('aino');
  const slot = await vault.slot('Kuusi-Petäjä-7');
  expect(slot).toMatchObject({ kdf: 'argon2id', memoryKib: 65_536, passes: 3 });
  const opened = await Vault.behind('aino', slot, 'Kuusi-Petäjä-7');
  expect(opened?.dataKey()).toEqual(vault.dataKey());
  expect(await Vault.behind('aino', slot, 'kuusi-petäjä-7')).toBeNull();
});

test('[V3] a password typed with another keyboard’s accents is the same password', async () => {
  const slot = await Vault.fresh('aino').slot('Petäjä'.normalize('NFC'));
  expect(await Vault.behind('aino', slot, 'Petäjä'.normalize('NFD'))).not.toBeNull();
});

test('[V3] a slot below 19 MiB is not opened', async () => {
  const slot = await Vault.fresh('aino').slot('Kuusi-Petäjä-7');
  const cheap: Slot = { ...slot, memoryKib: 19 * 1024 - 1 };
  await expect(Vault.behind('aino', cheap, 'Kuusi-Petäjä-7')).rejects.toThrow(Tampered);
});

test('[V6] a damaged slot is not a wrong password', async () => {
  const slot = await Vault.fresh('aino').slot('Kuusi-Petäjä-7');
  const damaged: Slot = { ...slot, sealed: flipped(slot.sealed) };
  await expect(Vault.behind('aino', damaged, 'Kuusi-Petäjä-7')).rejects.toThrow(Tampered);
});

test('[V5] a closed vault has forgotten its key', async () => {
  const vault = Vault.fresh('aino');
  const sealed = await vault.seal('state', 'a', MARKER);
  vault.close();
  expect(vault.dataKey().every((byte) => byte === 0)).toBe(true);
  await expect(vault.open('state', 'a', sealed)).rejects.toThrow();
});

function flipped(bytes: Bytes): Bytes {
  const altered = bytes.slice();
  altered[20] = (altered[20] ?? 0) ^ 1;
  return altered;
}
