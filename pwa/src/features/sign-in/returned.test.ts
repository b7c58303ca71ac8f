import { beforeEach, expect, test, vi } from 'vitest';
import { app } from '../../app/app.svelte.ts';
import { openApp, person } from '../../app/app.fixture.ts';
import type { Engine, Json } from '../../model/engine.ts';
import { returned } from './returned.svelte.ts';

vi.mock('../../app/router.svelte.ts', () => ({
  go: () => undefined,
  router: { place: { path: '/sign-in', query: new URLSearchParams('state=s&code=c') } },
}));
vi.mock('./providers.ts', () => ({
  ticketFor: () => Promise.resolve({ ok: { ticket: 't', name: 'aino' } }),
}));

const signIn = vi.fn<Engine['signIn']>();

/** The store is open, and this is what becomes of confirming with the ticket. */
async function comesBack(confirmed: { refused: { code: string } } | { ok: Json }) {
  vi.spyOn(app.engine, 'ask').mockResolvedValue(confirmed);
  await returned.take();
}

beforeEach(async () => {
  await openApp({ me: 'aino', people: [person('aino', 'own_worker')], summaries: [] });
  signIn.mockReset().mockResolvedValue({ ok: false, problem: 'no_connection' });
  vi.spyOn(app, 'engine', 'get').mockReturnValue(
    new Proxy(app.engine, {
      get: (all, name): unknown => (name === 'signIn' ? signIn : Reflect.get(all, name)),
    }),
  );
});

test('[J19] a confirmation that the server refuses is told, and begins no session', async () => {
  await comesBack({ refused: { code: 'provider_refused' } });
  expect(returned.failed).toEqual({ code: 'provider_refused' });
  expect(signIn).not.toHaveBeenCalled();
});

test('[J21] where the session of the open store has ended the ticket begins another', async () => {
  await comesBack({ refused: { code: 'sign_in_needed' } });
  expect(signIn).toHaveBeenCalledOnce();
});
