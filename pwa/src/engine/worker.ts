/** The engine's own thread: sealing, merging and the exchange never stop a finger. */

import kindsUrl from 'virtual:data/kinds';
import { useKinds, type Kinds } from '../kinds/declared.ts';
import { useListing } from '../kinds/listing.ts';
import { answer } from './rpc.ts';
import { Device } from './device.ts';

const RETRY_MS = 5_000;

/** Data that lies beside the scripts; tried again until it is here. */
async function learnKinds(): Promise<void> {
  try {
    const [answer, { listed }] = await Promise.all([
      fetch(kindsUrl),
      import('../domain/index_listing.ts'),
    ]);
    useKinds((await answer.json()) as Kinds);
    useListing(listed(kindsUrl));
  } catch {
    setTimeout(() => void learnKinds(), RETRY_MS);
  }
}

void learnKinds();

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
