/** Who stands in for whom in the team, as last answered, sealed on this device: a leader sees it without a network too. */

import { apiRequest, type Shape } from '../app/api.ts';
import { app } from '../app/app.svelte.ts';
import { isSupervisor } from '../domain/roles.ts';

type Told = Shape['StandingInReply'];

const KEPT = 'stand_ins';

let told = $state.raw<Told['stand_ins']>([]);
/** whose it is: another person may come to this device */
let whose: string | null = null;

export const standIns = {
  get all(): Told['stand_ins'] {
    return told;
  },
  /** Nobody but a supervisor is told. */
  async look(): Promise<void> {
    const user = app.session?.user;
    if (user === undefined || !isSupervisor(app.me?.role ?? null)) return;
    if (whose !== user) {
      [told, whose] = [[], user];
      const kept = (await app.engine.preference(KEPT)) as Told | null;
      if (whose === user) told = kept?.stand_ins ?? [];
    }
    const answer = await apiRequest<Told>('GET', '/api/team/stand-ins', 'stand_ins');
    if (app.session?.user !== user || !('ok' in answer)) return;
    told = answer.ok.stand_ins;
    await app.engine.setPreference(KEPT, answer.ok);
  },
};
