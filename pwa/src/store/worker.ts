/** The engine's own thread: sealing, merging and the exchange never stop a finger. */

import { expose } from 'comlink';
import { Device } from './device.ts';

const device = Device.start({ fetch: (...request) => fetch(...request), now: () => Date.now() });

// The page may ask before the device has opened its databases; whatever it asks waits for that.
const asked = new Proxy(
  {},
  {
    get:
      (_none, name: keyof Device) =>
      async (...given: unknown[]): Promise<unknown> => {
        const opened = await device;
        return Reflect.apply(Reflect.get(opened, name), opened, given) as unknown;
      },
  },
);

// Nobody else knows as early that the network may be back.
addEventListener('online', () => {
  void device.then((opened) => opened.syncNow());
});

expose(asked);
