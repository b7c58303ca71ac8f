/** The screens' end of the engine: its worker, and the moments at which somebody looks. */

import { scriptAddress } from '../platform/scripts.ts';
import { engineOf } from './rpc.ts';
import type { Engine } from '../model/engine.ts';
import engineAddress from './worker.ts?worker&url';

export function connect(): Engine {
  const address = scriptAddress(engineAddress);
  const engine = engineOf(new Worker(address, { type: 'module', name: 'ovikello' }));
  const wake = () => {
    if (document.visibilityState === 'visible') void engine.syncNow();
  };
  document.addEventListener('visibilitychange', wake);
  addEventListener('focus', wake);
  addEventListener('online', wake);
  // Asked rather than believed: a request fails at once where there really is no network.
  addEventListener('offline', wake);
  return engine;
}
