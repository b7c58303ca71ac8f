/** A new version waits until the person takes it: on Päivitä, or when the app is next opened cold. */

import { scriptAddress } from './scripts.ts';

let waiting = $state.raw<ServiceWorker | null>(null);

export const update = {
  get ready(): boolean {
    return waiting !== null;
  },
};

export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register(scriptAddress('/service-worker.js'));
  // Without a controller this is the first visit, and nothing is replaced.
  const note = (worker: ServiceWorker | null) => {
    if (worker && navigator.serviceWorker.controller) waiting = worker;
  };
  note(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') note(registration.waiting);
    });
  });
}

/** Takes the new version. The caller has made sure that nothing is half written. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    location.reload();
  });
  waiting?.postMessage({ type: 'skip-waiting' });
}
