/**
 * The shell, and only the shell: these files make the app open with no network.
 * Records never pass through here; what the server says is neither cached nor answered for it.
 */

import { PrecacheController } from 'workbox-precaching';

/**
 * The build puts the list of files in the place of `self.__WB_MANIFEST`.
 * @typedef {ServiceWorkerGlobalScope & { __WB_MANIFEST: import('workbox-precaching').PrecacheEntry[] }} ShellScope
 */
const worker = /** @type {ShellScope} */ (/** @type {unknown} */ (self));

const SHELL = '/';
/** Addresses that only the server may answer. */
const SERVERS_OWN = /^\/(api|docs|health|metrics)(\/|$)/;

const files = /** @type {ShellScope} */ (/** @type {unknown} */ (self)).__WB_MANIFEST;
const shell = controllerOf(files);

/** Workbox fetches one file after another: on a slow line most of that is waiting, and the first visit may be short. */
const AT_ONCE = 6;

// What an installation that was cut off has stored is not fetched again by the next.
worker.addEventListener('install', (event) => {
  for (let from = 0; from < AT_ONCE; from += 1) {
    void controllerOf(files.filter((_file, at) => at % AT_ONCE === from)).install(event);
  }
});

// The first visit works offline at once. A new release waits until the person says so:
// half a form must not change its code underfoot.
worker.addEventListener('activate', (event) => {
  void shell.activate(event);
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
  return (await shell.matchPrecache(file)) ?? fetch(request);
}

/**
 * The names of the files hold their hash, and the shell's page carries its own along: nothing else needs checking but
 * that it is no page at all, such as a captive portal's. Then the installation fails and the old shell stays.
 * @param {(string | import('workbox-precaching').PrecacheEntry)[]} entries
 */
function controllerOf(entries) {
  const controller = new PrecacheController({ plugins: [{ cacheWillUpdate: ours }] });
  controller.addToCacheList(entries);
  return controller;
}

/**
 * A file as it is to be stored, or null.
 * @param {{ request: Request, response: Response }} came
 */
function ours({ request, response }) {
  const isPage = response.headers.get('Content-Type')?.includes('html') ?? true;
  const isShell = new URL(request.url).pathname === SHELL;
  return Promise.resolve(response.ok && isPage === isShell ? response : null);
}
