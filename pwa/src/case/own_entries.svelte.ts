/** What the organisation added to lists of the catalogue: asked for now and then, sealed on this device (A20). */

import { apiRequest, type Shape } from '../app/api.ts';
import { app } from '../app/app.svelte.ts';
import { withOwnEntries } from '../domain/own_entries.ts';
import { addToLists } from '../words/catalogue.svelte.ts';
import { language } from '../words/index.svelte.ts';

type Told = Shape['OwnEntriesReply'];

const KEPT = 'own_entries';

function put({ entries }: Told): void {
  addToLists((lists) => withOwnEntries(lists, entries, language()) as typeof lists);
}

/** They are in the lists of this device from now on, without a network too. */
export async function takeOwnEntries(told: Told): Promise<void> {
  put(told);
  await app.engine.setPreference(KEPT, told);
}

/** What was kept at once, what the server says once it answers. */
export async function lookForOwnEntries(): Promise<void> {
  const kept = (await app.engine.preference(KEPT)) as Told | null;
  if (kept !== null) put(kept);
  const answer = await apiRequest<Told>('GET', '/api/catalogue', 'entries');
  if ('ok' in answer) await takeOwnEntries(answer.ok);
}
