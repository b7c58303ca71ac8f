import { expect, test } from 'vitest';
import { device, NEXT_PASSWORD, office, PASSWORD, profileOf, signedIn } from './device.fixture.ts';

const byTicket = (ticket: string) => [undefined, undefined, undefined, ticket] as const;

test('[J21] who has no store here chooses a password for it first; the server hears none', async () => {
  office.tickets.add('one');
  const phone = await device();
  expect(await phone.signIn('aino', '', ...byTicket('one'))).toEqual({
    ok: false,
    reason: 'locked',
  });
  expect(office.tickets.size).toBe(1);
  expect(await phone.signIn('aino', NEXT_PASSWORD, ...byTicket('one'))).toMatchObject({ ok: true });
  const { id: profile } = await profileOf(phone);
  await phone.lock();
  office.isReachable = false;
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ reason: 'wrong' });
  expect(await phone.unlock(profile, NEXT_PASSWORD)).toMatchObject({ ok: true });
});

test('[J21] a ticket opens no store; once it is open as ever the session begins, and its password stays', async () => {
  const phone = await signedIn();
  const { id: profile } = await profileOf(phone);
  await phone.lock();
  office.tickets.add('one');
  expect(await phone.signIn('aino', NEXT_PASSWORD, ...byTicket('one'))).toMatchObject({
    ok: false,
    reason: 'locked',
    profile,
  });
  expect(office.tickets.size).toBe(1);
  await phone.unlock(profile, PASSWORD);
  expect(await phone.signIn('aino', '', ...byTicket('one'))).toMatchObject({ ok: true });
  expect(office.sessions.size).toBe(2);
  await phone.lock();
  expect(await phone.unlock(profile, PASSWORD)).toMatchObject({ ok: true });
});

test("[J21] the device's password is changed here, without the server", async () => {
  const phone = await signedIn();
  const { id: profile } = await profileOf(phone);
  office.isReachable = false;
  expect(await phone.changePassword('arvaus arvaus', NEXT_PASSWORD, true)).toMatchObject({
    problem: { code: 'sign_in_failed' },
  });
  expect(await phone.changePassword(PASSWORD, NEXT_PASSWORD, true)).toEqual({ ok: true });
  await phone.lock();
  expect(await phone.unlock(profile, NEXT_PASSWORD)).toMatchObject({ ok: true });
});
