/** The screens' end of the engine: its worker, and the moments at which somebody looks. */

import { proxy, wrap } from 'comlink';
import { scriptAddress } from '../scripts.ts';
import type { Engine } from './engine.ts';
import engineAddress from './worker.ts?worker&url';

export function connect(): Engine {
  const address = scriptAddress(engineAddress);
  const remote = wrap<Engine>(new Worker(address, { type: 'module', name: 'ovikello' }));
  const wake = () => {
    if (document.visibilityState === 'visible') void remote.syncNow();
  };
  document.addEventListener('visibilitychange', wake);
  addEventListener('focus', wake);
  addEventListener('online', wake);
  return engineOver(remote);
}

/** A function cannot be copied to a worker: the listener stays here and is called from there. */
function engineOver(remote: Engine): Engine {
  return new Proxy(remote, {
    get(engine, name): unknown {
      // A remote answers to every name; a promise's would make it one.
      if (name === 'then') return undefined;
      if (name !== 'subscribe') return Reflect.get(engine, name);
      return (listener: Parameters<Engine['subscribe']>[0]) => engine.subscribe(proxy(listener));
    },
  });
}
