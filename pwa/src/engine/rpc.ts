/** What page and worker say to each other: a call, its answer, and what the engine tells by itself. */

import type { Engine, EngineEvent } from '../model/engine.ts';

interface Call {
  id: number;
  name: keyof Engine;
  given: unknown[];
}

/** One end of the line between them. */
export interface End {
  postMessage: (message: unknown, moved: Transferable[]) => void;
  addEventListener: (type: 'message', heard: (message: MessageEvent) => void) => void;
}

type RpcReply =
  | { id: number; value: unknown }
  | { id: number; failed: { name: string; message: string } }
  /** `told` is said back once every listener is through with it */
  | { event: EngineEvent; told: number };

/** The page's word that an event has been dealt with. */
interface Heard {
  told: number;
}

/** The engine as the page sees it: each call a message, each answer a message back. */
export function engineOf(worker: End): Engine {
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (why: Error) => void }
  >();
  const listeners = new Set<(event: EngineEvent) => unknown>();
  let id = 0;

  const call = (name: keyof Engine, given: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set((id += 1), { resolve, reject });
      // Bytes are keys: they move, and leave nothing behind.
      const moved = given.flatMap((one) => (one instanceof Uint8Array ? [one.buffer] : []));
      worker.postMessage({ id, name, given } satisfies Call, moved);
    });

  worker.addEventListener('message', ({ data }: MessageEvent<RpcReply>) => {
    if ('event' in data) {
      const { event, told } = data;
      void Promise.allSettled([...listeners].map((listener) => listener(event))).then(() => {
        worker.postMessage({ told } satisfies Heard, []);
      });
      return;
    }
    const answering = waiting.get(data.id);
    waiting.delete(data.id);
    if ('failed' in data) answering?.reject(errorOf(data.failed));
    else answering?.resolve(data.value);
  });

  return new Proxy({} as Engine, {
    get(_, name: keyof Engine | 'then') {
      // A promise would be asked for `then`, and this answers to every name.
      if (name === 'then') return undefined;
      return (...given: unknown[]) => {
        // A function cannot be copied to a worker: the listener stays here.
        if (name !== 'subscribe') return call(name, given);
        listeners.add(given[0] as (event: EngineEvent) => unknown);
        return call(name, []);
      };
    },
  });
}

/** In the worker: answers what the page asks. It may ask before the engine has opened; that call waits. */
export function answer(scope: End, engine: Promise<Engine>): void {
  const telling = new Map<number, () => void>();
  let told = 0;
  const tell = (event: EngineEvent) =>
    new Promise<void>((heard) => {
      telling.set((told += 1), heard);
      scope.postMessage({ event, told } satisfies RpcReply, []);
    });

  scope.addEventListener('message', ({ data }: MessageEvent<Call | Heard>) => {
    if ('told' in data) {
      telling.get(data.told)?.();
      telling.delete(data.told);
      return;
    }
    const { id, name, given } = data;
    void engine
      .then((opened): unknown => {
        const method = Reflect.get(opened, name) as unknown as (...given: unknown[]) => unknown;
        return Reflect.apply(method, opened, name === 'subscribe' ? [tell] : given);
      })
      .then(
        (value) => {
          scope.postMessage({ id, value } satisfies RpcReply, []);
        },
        (error: unknown) => {
          const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
          scope.postMessage({ id, failed: { name: kind, message } } satisfies RpcReply, []);
        },
      );
  });
}

function errorOf({ name, message }: { name: string; message: string }): Error {
  return Object.assign(new Error(message), { name });
}
