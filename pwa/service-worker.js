/**
 * The shell: these files make the app open with no network. And reminders, of which nothing is known here but the kind, the
 * moment and an opaque id (N8). Records never pass through; what the server says is neither cached nor answered for it.
 */

import { PrecacheController } from 'workbox-precaching';
import ownPaths from '../server/own_paths.json';

/**
 * The build puts the list of files in the place of `self.__WB_MANIFEST`.
 * @typedef {ServiceWorkerGlobalScope & { __WB_MANIFEST: import('workbox-precaching').PrecacheEntry[] }} ShellScope
 */
const worker = /** @type {ShellScope} */ (/** @type {unknown} */ (self));

const SHELL = '/';
/** Addresses that only the server may answer, by their first part: the server's own list (`server/own_paths.json`). */
const SERVERS_OWN = new Set(/** @type {string[]} */ (ownPaths));

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
  const { type, example } = /** @type {{ type?: string, example?: Pushed }} */ (event.data ?? {});
  if (type === 'skip-waiting') void worker.skipWaiting();
  if (example) event.waitUntil(show(example));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (SERVERS_OWN.has(pathname.split('/')[1] ?? '')) return;
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

/** @typedef {{ id: string, kind: string, at: string, later?: string, drill?: true }} Pushed */

// What is said in the person's language lies where the app has put it (`src/platform/neutral.ts`). A reminder that comes
// again, or moves, takes the place of the one before it.
worker.addEventListener('push', (event) => {
  event.waitUntil(show(/** @type {Pushed} */ (event.data?.json())));
});

/**
 * @param {Pushed} pushed
 * @param {boolean} [isBack] it could not be put off
 */
async function show(pushed, isBack = false) {
  const { id, kind, at, drill } = pushed;
  const kept = await caches.match('/neutral');
  const { tag, clock, today, day, says, drilling, notPutOff, actions } = (await kept?.json()) ?? {};
  const isSafety = kind.startsWith('checkin');
  /** @param {string | number} date @param {Intl.DateTimeFormatOptions} form */
  const written = (date, form) => new Date(date).toLocaleString(tag, form);
  const isToday = written(at, day) === written(Date.now(), day);
  const when = (isToday ? clock : '') + written(at, isToday ? today : { ...day, ...today });
  const text = says?.[kind] ?? says?.other ?? 'Ovikello';
  await worker.registration.showNotification((drill ? drilling : '') + text.replace('%', when), {
    tag: id,
    data: pushed,
    icon: '/icons/ovikello-192.png',
    ...(isBack && { body: notPutOff }),
    ...(isSafety ? { renotify: true, requireInteraction: true } : { actions }),
  });
}

worker.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  notification.close();
  event.waitUntil(heed(/** @type {Pushed} */ (notification.data), action));
});

/**
 * The id is resolved in the app, once it is unlocked. Putting off needs neither app nor session: the reminder brought its
 * own word for it. Where nobody answers, the notification comes back and says so.
 * @param {Pushed} pushed
 * @param {string} action
 */
async function heed(pushed, action) {
  const isPutOff = action === 'snooze' && (await putOff(pushed).catch(() => null));
  if (isPutOff === null) return show(pushed, true);
  if (isPutOff) return;
  const path = `/reminders/${pushed.id}?${action}`;
  const [open] = await worker.clients.matchAll({ type: 'window' });
  if (!open) return void worker.clients.openWindow(path);
  open.postMessage({ go: path });
  await open.focus();
}

/** A browser ends a worker that waits too long, and lets it open the app for some seconds only. */
const ANSWER_MAX_MS = 5_000;

/**
 * Whether it stands; throws where nobody answers.
 * @param {Pushed} pushed
 */
async function putOff({ id, later }) {
  const answer = await fetch(`/api/reminders/${id}/put-off`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    body: JSON.stringify({ later }),
    signal: AbortSignal.timeout(ANSWER_MAX_MS),
  });
  return answer.status === 204;
}
