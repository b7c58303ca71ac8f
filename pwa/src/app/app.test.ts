import { beforeAll, expect, test, vi } from 'vitest';
import { app } from './app.svelte.ts';
import { messages } from './toast.svelte.ts';
import type { Engine, Profile } from '../model/engine.ts';
import { setLocale, words } from '../words/index.svelte.ts';

const undo = vi.fn<Engine['undo']>();
const subscribe = vi.fn<Engine['subscribe']>().mockResolvedValue();

/** An engine that saves; whether it can undo, each test says. */
const engine = {
  subscribe,
  profiles: () => Promise.resolve([{} as Profile]),
  save: () => Promise.resolve({ changes: ['visit', 'next visit'] }),
  undo,
} as unknown as Engine;

beforeAll(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  await setLocale('fi');
  await app.start(engine);
});

test('[U3] Kumoa takes back all that was saved together, and says so', async () => {
  undo.mockResolvedValueOnce();
  await app.save([]);
  messages.shown?.undo?.();
  await vi.waitFor(() => {
    expect(messages.shown).toMatchObject({ text: words.shell.undone, failed: false, undo: null });
  });
  expect(undo).toHaveBeenCalledWith(['visit', 'next visit']);
});

test('[U3] a Kumoa that comes to nothing says that what was saved is still there', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  undo.mockRejectedValueOnce(new Error('no room'));
  await app.save([]);
  messages.shown?.undo?.();
  await vi.waitFor(() => {
    expect(messages.shown).toMatchObject({ text: words.shell.notUndone, failed: true, undo: null });
  });
});

test('[V5] what was said before a lock is not said after it', async () => {
  await app.save([]);
  expect(messages.shown).not.toBeNull();
  subscribe.mock.calls[0]?.[0]({ event: 'locked' });
  expect(messages.shown).toBeNull();
});
