/**
 * What a locked phone may say of a reminder, in the person's language: sentences and nothing else (N8). They lie in the
 * open, where the service worker reads them, since it knows neither the person nor the store.
 */

import { ZONE } from '../rules/time.ts';
import { language, words, type Language } from '../words/index.svelte.ts';

const tags: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

export async function leaveNeutralWords(): Promise<void> {
  const { clock, drilling, notPutOff, snooze, going, open, ...says } = words.reminders.neutral;
  const actions = [
    { action: 'snooze', title: snooze },
    { action: 'going', title: going },
    { action: 'open', title: open },
  ];
  const today = { timeZone: ZONE, hour: 'numeric', minute: '2-digit' };
  const day = { timeZone: ZONE, weekday: 'short', day: 'numeric', month: 'numeric' };
  const neutral = { tag: tags[language()], clock, today, day, says, drilling, notPutOff, actions };
  const cache = await caches.open('neutral');
  await cache.put('/neutral', Response.json(neutral));
}
