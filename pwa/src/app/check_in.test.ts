import { expect, test, vi } from 'vitest';
import { app } from './app.svelte.ts';
import { openApp, person } from './app.fixture.ts';
import { checkIn } from './check_in.svelte.ts';

const wanted = {
  id: '019273ab-0000-7000-8000-000000000001',
  caseId: null,
  minutes: 60,
  place: 'Esimerkkikatu 1',
  visit: null,
  colleague: null,
  drill: false,
};

test('[K11] whatever a practised check-in does, the server is asked nothing', async () => {
  const server_time = new Date().toISOString();
  const elsewhere = { check_in: { id: 'on another device', deadline: server_time }, server_time };
  await openApp({
    me: 'aino',
    people: [person('aino', 'own_worker')],
    summaries: [],
    answers: { '/api/checkins/mine': elsewhere },
  });
  const ask = vi.spyOn(app.engine, 'ask');
  checkIn.practises = true;
  expect(await checkIn.arm(wanted)).toBeNull();
  expect(checkIn).toMatchObject({ isPractice: true, on: { drill: true } });
  const { deadline } = checkIn.on ?? { deadline: '' };
  await checkIn.catchUp();
  await checkIn.alert();
  await checkIn.extend(30);
  expect(Date.parse(checkIn.on?.deadline ?? '') - Date.parse(deadline)).toBe(30 * 60_000);
  await checkIn.safe();
  expect(checkIn).toMatchObject({ on: null, isPractice: true, ended: { stage: 'ended' } });
  expect(ask).not.toHaveBeenCalled();
  // The next one is watched, and one that is watched is not ended with the exercise.
  checkIn.practises = false;
  expect(await checkIn.arm(wanted)).toBe('no_connection');
  expect(ask).toHaveBeenCalledOnce();
  await checkIn.catchUp();
  expect(checkIn).toMatchObject({ isPractice: false, on: { id: 'on another device' } });
  await checkIn.endPractice();
  expect(checkIn.on).not.toBeNull();
});
