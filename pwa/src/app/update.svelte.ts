/** A new version waits until the person takes it: on Päivitä, or when the app is next opened cold. */

import { go } from './router.svelte.ts';
import { scriptAddress } from '../platform/scripts.ts';

const RETRY_MS = 30_000;

let waiting = $state.raw<ServiceWorker | null>(null);
/** another tab has taken the new version: what this one still runs is the old */
let isTakenElsewhere = $state(false);
let isOnDevice = $state(false);

export const update = {
  get ready(): boolean {
    return waiting !== null || isTakenElsewhere;
  },
  /** null where another tab has taken it already */
  get waiting(): ServiceWorker | null {
    return isTakenElsewhere ? null : waiting;
  },
};

/** Whether the app itself lies on the device, all of it, and opens without a network. */
export const shell = {
  get isOnDevice(): boolean {
    return isOnDevice;
  },
  /** `false` where the browser can never do it */
  isPossible: 'serviceWorker' in navigator,
};

export async function registerServiceWorker(): Promise<void> {
  if (!shell.isPossible) return;
  const { serviceWorker } = navigator;
  // Without a controller this is the first visit, and nothing is replaced.
  let isFirst = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (!isFirst) isTakenElsewhere = true;
    isFirst = false;
  });
  // A notification was tapped: the app is open, and goes there.
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ go: string }>) => {
    go(data.go);
  });
  // It becomes active only when every file is stored.
  void serviceWorker.ready.then(() => (isOnDevice = true));
  await install();
}

/** Every start tries anew, and so does a first visit whose network went away: files that came are not fetched again. */
async function install(): Promise<void> {
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(scriptAddress('/service-worker.js'));
  } catch (error) {
    console.error(error);
    tryAgain();
    return;
  }
  const note = (worker: ServiceWorker | null) => {
    if (worker && navigator.serviceWorker.controller) waiting = worker;
  };
  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') note(registration.waiting);
      if (worker.state === 'redundant' && !isOnDevice) tryAgain();
    });
  };
  note(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => {
    follow(registration.installing);
  });
}

function tryAgain(): void {
  const again = () => {
    clearTimeout(timer);
    removeEventListener('online', again);
    void install();
  };
  const timer = setTimeout(again, RETRY_MS);
  addEventListener('online', again);
}
