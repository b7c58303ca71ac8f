/** What goes on beside the screens while the app is unlocked: reminders, the badge, a check-in that waits to be said. */

import { mount, untrack } from 'svelte';
import { app } from '../app/app.svelte.ts';
import Bar from './checkin/Bar.svelte';
import { checkIn } from '../app/check_in.svelte.ts';
import { lockLater } from '../app/preferences.svelte.ts';
import { incidents } from '../app/incidents.svelte.ts';
import { lookForOwnEntries } from '../case/own_entries.svelte.ts';
import { loadAllWords } from '../words/index.svelte.ts';
import { practice } from './intro/practice.svelte.ts';
import { listenToKeys } from './keys/desk_keys.ts';
import Keys from './keys/Keys.svelte';
import { closeInbox, fetchInbox, inbox, openInbox } from './reminders/inbox.svelte.ts';
import { leaveNeutralWords } from '../platform/neutral.ts';
import { renew } from '../app/push.ts';

const FETCH_EVERY_MS = 60_000;
const LOOK_FOR_ENTRIES_EVERY_MS = 30 * 60_000;

export async function follow(): Promise<void> {
  listenToKeys();
  await loadAllWords();
  const target = document.body;
  const anchor = document.querySelector('#app');
  const before = anchor ? { target, anchor } : { target };
  mount(Bar, before);
  mount(Keys, { target });
  quietly(import('./print/Printed.svelte').then(({ default: Printed }) => mount(Printed, before)));
  $effect.root(() => {
    const user = $derived(app.session?.user ?? null);
    $effect(() => {
      if (user !== null) quietly(open());
      else close();
    });
    $effect(() => {
      quietly(leaveNeutralWords());
    });
    // After every exchange, so that nobody waits for a turn of its own; and now and then.
    const exchanged = $derived(app.sync.lastFetchedAt);
    const turn = $derived(Math.floor(app.now / FETCH_EVERY_MS));
    $effect(() => {
      if (user !== null && turn > 0 && exchanged !== null) quietly(fetchInbox());
    });
    $effect(() => {
      if (user !== null && turn > 0) quietly(checkIn.catchUp());
    });
    const halfHour = $derived(Math.floor(app.now / LOOK_FOR_ENTRIES_EVERY_MS));
    $effect(() => {
      if (user !== null && halfHour > 0) quietly(lookForOwnEntries());
    });
    // What is said of one's safety waits for no turn: it goes as soon as there is a network again.
    $effect(() => {
      if (user !== null && exchanged !== null && untrack(() => checkIn.waits))
        quietly(checkIn.catchUp());
    });
    $effect(() => {
      if (user !== null && turn > 0 && exchanged !== null) quietly(incidents.catchUp());
    });
    $effect(() => {
      if (user !== null) quietly(takeBack());
    });
    $effect(() => {
      if (user !== null && exchanged !== null) quietly(sendSurvey());
    });
    // What somebody saved, or an exchange brought, may be what it waits for.
    const moved = $derived(`${exchanged} ${app.sync.waiting} ${turn}`);
    $effect(() => {
      if (user !== null && moved !== '') quietly(collect());
    });
    $effect(() => {
      lockLater(checkIn.on !== null && checkIn.locksLater);
    });
    $effect(() => {
      badge(inbox.due.length);
    });
    $effect(() => {
      if (user !== null) practice.look();
    });
    const needsOutbox = $derived(practice.running?.exercise === 'offline');
    $effect(() => (needsOutbox ? untrack(() => app.followOutbox()) : undefined));
  });
}

/** A lock in between ends whatever was going on. */
function quietly(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (app.session !== null) console.error(error);
  });
}

/** Whoever has opened the store has the phone in hand (Y4). */
async function takeBack(): Promise<void> {
  const { ownHand } = await import('./handing_over/own_hand.svelte.ts');
  ownHand.returned();
}

/** What the client gave by hand becomes an entry (Y7). */
async function collect(): Promise<void> {
  const { ownHand } = await import('./handing_over/own_hand.svelte.ts');
  await ownHand.collect();
}

/** What clients answered without a network, and tickets for the next ones. */
async function sendSurvey(): Promise<void> {
  const { survey } = await import('./handing_over/survey.svelte.ts');
  await survey.catchUp();
}

async function open(): Promise<void> {
  await Promise.all([openInbox(), checkIn.open(), incidents.open()]);
  await practice.open();
  await Promise.all([fetchInbox(), renew()]);
}

function close(): void {
  closeInbox();
  checkIn.close();
  practice.close();
  incidents.close();
}

/** A number and nothing else, where the system shows one on the app's icon. */
function badge(count: number): void {
  if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
}
