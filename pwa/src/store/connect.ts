/** The screens' end of the engine: its worker, and the moments at which somebody looks. */

import { proxy, transfer, wrap } from 'comlink';
import { scriptAddress } from '../scripts.ts';
import type { Bytes, Engine } from './engine.ts';
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

/** What cannot merely be copied to a worker: a listener stays here, and an authenticator's answer moves and leaves nothing. */
function engineOver(remote: Engine): Engine {
  const own: Partial<Engine> = {
    subscribe: (listener) => remote.subscribe(proxy(listener)),
    unlockByPasskey: (profile, answer) => remote.unlockByPasskey(profile, moved(answer)),
    addPasskey: (passkey, answer) => remote.addPasskey(passkey, moved(answer)),
  };
  return new Proxy(remote, {
    get(engine, name): unknown {
      // A remote answers to every name; a promise's would make it one.
      if (name === 'then') return undefined;
      return own[name as keyof Engine] ?? Reflect.get(engine, name);
    },
  });
}

function moved(answer: Bytes): Bytes {
  return transfer(answer, [answer.buffer]);
}
