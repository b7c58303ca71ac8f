/**
 * The shell, and only the shell: these files make the app open with no network.
 * Records never pass through here; what the server says is neither cached nor answered for it.
 */

import { matchPrecache, precache } from 'workbox-precaching';

/**
 * The build puts the list of files in the place of `self.__WB_MANIFEST`.
 * @typedef {ServiceWorkerGlobalScope & { __WB_MANIFEST: import('workbox-precaching').PrecacheEntry[] }} ShellScope
 */
const worker = /** @type {ShellScope} */ (/** @type {unknown} */ (self));

const SHELL = '/';
/** Addresses that only the server may answer. */
const SERVERS_OWN = /^\/(api|docs|health|metrics)(\/|$)/;

precache(/** @type {ShellScope} */ (/** @type {unknown} */ (self)).__WB_MANIFEST);

// The first visit works offline at once. A new release waits until the person says so:
// half a form must not change its code underfoot.
worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener('message', (event) => {
  if (/** @type {unknown} */ (event.data?.type) === 'skip-waiting') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (SERVERS_OWN.test(pathname)) return;
  const file = request.mode === 'navigate' ? SHELL : pathname;
  event.respondWith(fromShell(file, request));
});

/**
 * @param {string} file
 * @param {Request} request
 */
async function fromShell(file, request) {
  return (await matchPrecache(file)) ?? fetch(request);
}
