import { update } from './update.svelte.ts';

/** Takes the new version. The caller has made sure that nothing is half written. */
export function takeUpdate(): void {
  const reload = () => {
    location.reload();
  };
  const { waiting } = update;
  if (waiting === null) {
    reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload);
  waiting.postMessage({ type: 'skip-waiting' });
}
