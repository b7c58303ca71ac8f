/** Who has looked at a client's file, as last answered and sealed on this device, for when the client asks in a cellar (A21). */

import { apiRequest, type Failed, type Shape } from '../../app/api.ts';
import { app } from '../../app/app.svelte.ts';
import { own } from '../../rules/own.ts';
import { dayOf } from '../../rules/time.ts';

export type ToldToClient = Shape['ToldToClient'];

const KEPT = 'toldToClients';

export class ToldReaders {
  readonly #caseId: string;
  told = $state.raw<ToldToClient | null>(null);
  failed = $state.raw<Failed | null>(null);
  asking = $state(false);

  constructor(caseId: string) {
    this.#caseId = caseId;
  }

  /** What was kept; the server is asked, which it notes, where nothing of today is here. */
  async open(): Promise<void> {
    this.told = own(await kept(), this.#caseId) ?? null;
    if (this.told === null || dayOf(this.told.made_at) !== dayOf(app.now)) await this.ask();
  }

  async ask(): Promise<void> {
    this.asking = true;
    const path = `/api/cases/${this.#caseId}/access-log`;
    const answer = await apiRequest<ToldToClient>('GET', path, 'readers');
    this.asking = false;
    this.failed = 'failed' in answer ? answer.failed : null;
    if ('ok' in answer) this.told = answer.ok;
    else if (this.failed !== 'no_connection') this.told = null;
    if (this.failed !== 'no_connection') await keep(this.#caseId, this.told);
  }
}

/** Of those alone whose file lies here: an answer leaves with its file. */
async function kept(): Promise<Record<string, ToldToClient>> {
  const all = ((await app.engine.preference(KEPT)) ?? {}) as unknown as Record<
    string,
    ToldToClient
  >;
  return Object.fromEntries(Object.entries(all).filter(([caseId]) => app.byCase.has(caseId)));
}

async function keep(caseId: string, told: ToldToClient | null): Promise<void> {
  const others = Object.entries(await kept()).filter(([one]) => one !== caseId);
  const all = [...others, ...(told ? [[caseId, told] as const] : [])];
  await app.engine.setPreference(KEPT, Object.fromEntries(all));
}
