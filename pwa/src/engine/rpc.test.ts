import { afterEach, expect, test } from 'vitest';
import { answer, engineOf, type End } from './rpc.ts';
import type { Engine, EngineEvent, SyncStatus } from '../model/engine.ts';

const state = { phase: 'idle', waiting: 2 } as SyncStatus;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The two ends of a line that copies what it carries, as a worker's does. */
function line(engine: Partial<Engine> | Promise<Partial<Engine>>): Engine {
  const { port1, port2 } = new MessageChannel();
  const ends = [port1, port2].map((port): End => {
    port.start();
    ports.push(port);
    return {
      postMessage: (message, moved) => {
        port.postMessage(message, moved);
      },
      addEventListener: (type, heard) => {
        port.addEventListener(type, heard as (message: Event) => void);
      },
    };
  }) as [End, End];
  answer(ends[1], Promise.resolve(engine) as Promise<Engine>);
  return engineOf(ends[0]);
}

test('an answer goes to the call that asked, in whatever order they come', async () => {
  let finish: (none: null) => void = () => undefined;
  const engine = line({
    record: () => new Promise<null>((done) => (finish = done)),
    preference: (name) => {
      finish(null);
      return Promise.resolve(`of ${name}`);
    },
  });
  const first = engine.record('case', 'record');
  expect(await engine.preference('theme')).toBe('of theme');
  expect(await first).toBeNull();
});

test('what was asked before the engine had opened is answered then', async () => {
  let open: (engine: Partial<Engine>) => void = () => undefined;
  const asked = line(new Promise<Partial<Engine>>((done) => (open = done))).sync();
  open({ sync: () => Promise.resolve(state) });
  expect(await asked).toEqual(state);
});

test('a failure keeps its name and its message', async () => {
  const engine = line({
    lock: () => Promise.reject(Object.assign(new Error('full'), { name: 'QuotaExceededError' })),
  });
  await expect(engine.lock()).rejects.toMatchObject({
    name: 'QuotaExceededError',
    message: 'full',
  });
});

test('a listener stays on its side and hears what the engine tells', async () => {
  const heard: EngineEvent[] = [];
  const engine = line({
    subscribe: (listener) => {
      listener({ event: 'sync', state });
      return Promise.resolve();
    },
  });
  await engine.subscribe((event) => heard.push(event));
  expect(heard).toEqual([{ event: 'sync', state }]);
});

test('who tells an event knows when every listener is through with it', async () => {
  let told: unknown = null;
  const engine = line({
    subscribe: (listener) => {
      told = listener({ event: 'locked' });
      return Promise.resolve();
    },
  });
  let sealed = (): void => undefined;
  await engine.subscribe(() => new Promise<void>((done) => (sealed = done)));
  const through = Promise.resolve(told).then(() => 'through');
  const aWhile = new Promise((done) => setTimeout(done, 20, 'not yet'));
  expect(await Promise.race([through, aWhile])).toBe('not yet');
  sealed();
  expect(await through).toBe('through');
});

test('a key moves, and leaves nothing behind', async () => {
  const engine = line({
    unlockByPasskey: (_, answer) =>
      Promise.resolve({ ok: false, reason: 'wait', waitMs: answer.length }),
  });
  const key = Uint8Array.of(1, 2, 3);
  expect(await engine.unlockByPasskey('profile', key)).toMatchObject({ waitMs: 3 });
  expect(key.length).toBe(0);
});
