import { expect, test } from 'vitest';
import { device, NEXT_PASSWORD, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';

test('[J9] the code goes with the password, and what the server says is told', async () => {
  office.codes = ['123456'];
  const phone = await device();
  expect(await phone.signIn('aino', PASSWORD)).toEqual({
    ok: false,
    problem: { code: 'second_factor_needed' },
  });
  expect(await phone.signIn('aino', PASSWORD, undefined, undefined, '123456')).toMatchObject({
    ok: true,
  });
});

test('[V8] [J9] where the store wants the old password, the code that was taken is not asked for again', async () => {
  const phone = await signedIn();
  await phone.lock();
  office.password = NEXT_PASSWORD;
  office.codes = ['123456'];
  const first = await phone.signIn('aino', NEXT_PASSWORD, undefined, undefined, '123456');
  expect(first).toMatchObject({ reason: 'needs_old_password' });
  expect(await phone.signIn('aino', NEXT_PASSWORD, 'arvaus')).toMatchObject({ reason: 'wrong' });
  expect(await phone.signIn('aino', NEXT_PASSWORD, PASSWORD)).toMatchObject({ ok: true });
  expect(office.sessions.size).toBe(2);
});

test('[J9] what the server has taken is good for that name and password alone', async () => {
  const phone = await signedIn();
  await phone.lock();
  office.password = NEXT_PASSWORD;
  office.codes = ['123456'];
  await phone.signIn('aino', NEXT_PASSWORD, undefined, undefined, '123456');
  expect(await phone.signIn('aino', PASSWORD, PASSWORD)).toMatchObject({
    problem: { code: 'sign_in_failed' },
  });
  expect(await phone.signIn('aino', NEXT_PASSWORD, PASSWORD)).toMatchObject({
    problem: { code: 'second_factor_needed' },
  });
});

test('[J8] unlocking asks no code, with or without a network', async () => {
  const phone = await signedIn();
  office.codes = [];
  const { id: profile } = await profileOf(phone);
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
  office.isReachable = false;
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});
