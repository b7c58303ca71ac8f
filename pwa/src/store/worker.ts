/** The engine's own thread: sealing, merging and the exchange never stop a finger. */

import { answer } from './calls.ts';
import { Device } from './device.ts';

const device = Device.start({ fetch: (...request) => fetch(...request), now: () => Date.now() });

// Nobody else knows as early that the network may be back.
addEventListener('online', () => {
  void device.then((opened) => opened.syncNow());
});

// The page may ask before the device has opened its databases; whatever it asks waits for that.
answer(
  {
    postMessage: (message, moved) => {
      postMessage(message, { transfer: moved });
    },
    addEventListener: (type, heard) => {
      addEventListener(type, heard);
    },
  },
  device,
);
