/** Notifications on this device: asked for from a tap only (U22), bound to the session on the server (N7). */

import { app } from './app.svelte.ts';
import { apiRequest, apiCommand, type Failed, type Shape } from './api.ts';

type PushState = 'on' | 'off' | 'blocked' | 'unsupported';
export type TurnedOn = PushState | 'no_answer' | { failed: Failed };

/** A push service that is not there never answers, and the browser waits for ever. */
const ANSWER_MAX_MS = 12_000;
const WANTED = 'push';

export async function pushState(): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  const wanted = (await app.engine.preference(WANTED)) === true;
  return wanted && (await subscriptionHere()) !== null ? 'on' : 'off';
}

export async function turnOn(): Promise<TurnedOn> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'blocked' : 'off';
  const answer = await apiRequest<Shape['PushReply']>('GET', '/api/push', 'key');
  if ('failed' in answer) return answer;
  const failed = await subscribe(answer.ok.key);
  if (failed !== null) return failed === 'no_answer' ? failed : { failed };
  await app.engine.setPreference(WANTED, true);
  return 'on';
}

/** Null once it stands. Without a network the server goes on knowing the address, and nothing comes of it here. */
export async function turnOff(): Promise<Failed | null> {
  const failed = await apiCommand('DELETE', '/api/push/subscription');
  if (failed !== null) return failed;
  await (await subscriptionHere())?.unsubscribe();
  await app.engine.setPreference(WANTED, false);
  return null;
}

/** After an unlock: the session may be another one, the server's key a new one (N11). Nothing is asked of the person. */
export async function renew(): Promise<void> {
  if (!isSupported() || Notification.permission !== 'granted') return;
  if ((await app.engine.preference(WANTED)) !== true) return;
  const answer = await apiRequest<Shape['PushReply']>('GET', '/api/push', 'key');
  if ('ok' in answer && answer.ok.subscribed_with !== answer.ok.key) await subscribe(answer.ok.key);
}

async function subscribe(key: string): Promise<Failed | 'no_answer' | null> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await inTime(
    pushManager
      .subscribe({ userVisibleOnly: true, applicationServerKey: key })
      .catch(async (error: unknown) => {
        // Of another key, which the server has given up since.
        const other = await subscriptionHere();
        if (!(error instanceof DOMException && error.name === 'InvalidStateError' && other))
          return null;
        await other.unsubscribe();
        return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      }),
  );
  if (made === null) return 'no_answer';
  const { endpoint, keys } = made.toJSON();
  const { p256dh = '', auth = '' } = keys ?? {};
  return apiCommand('PUT', '/api/push/subscription', {
    endpoint: endpoint ?? '',
    keys: { p256dh, auth },
    key,
  });
}

async function inTime(making: Promise<PushSubscription | null>): Promise<PushSubscription | null> {
  const silence = new Promise<null>((none) => setTimeout(none, ANSWER_MAX_MS, null));
  return Promise.race([making, silence]).catch(() => null);
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function isSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}
