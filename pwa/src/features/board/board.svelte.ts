/** The server's part of the team board (Q4): as last answered, sealed on this device. */

import { apiRequest, type Failed, type Shape } from '../../app/api.ts';
import { app } from '../../app/app.svelte.ts';
import { deviceBoard } from '../../domain/board.ts';
import { dayOf } from '../../rules/time.ts';
import { rankOf } from '../intake/rank.ts';

export type ServerBoard = Shape['Board'];

const KEPT = 'team_board';
const LOOK_EVERY_MS = 60_000;

let answer = $state.raw<ServerBoard | null>(null);
let failed = $state.raw<Failed | null>(null);
/** whose it is: another person may come to this device */
let whose: string | null = null;

export const serverBoard = {
  get answer(): ServerBoard | null {
    return answer;
  },
  get failed(): Failed | null {
    return failed;
  },
  async look(): Promise<void> {
    const user = app.session?.user;
    if (user === undefined) return;
    if (whose !== user) await takeKept(user);
    const told = await apiRequest<ServerBoard>('GET', '/api/team/board', 'server_time');
    if (app.session?.user !== user) return;
    failed = 'failed' in told ? told.failed : null;
    if ('failed' in told) return;
    answer = told.ok;
    await app.engine.setPreference(KEPT, told.ok);
  },
  /** Until this is called off: an office leaves the board open. */
  follow(): () => void {
    const look = () => {
      if (document.visibilityState === 'visible') serverBoard.look().catch(console.error);
    };
    look();
    const looking = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(looking);
    };
  },
};

async function takeKept(user: string): Promise<void> {
  [answer, failed, whose] = [null, null, user];
  const kept = (await app.engine.preference(KEPT)) as ServerBoard | null;
  if (whose === user) answer ??= kept;
}

/** What this device counts itself. */
export function counted() {
  return deviceBoard(app.summaries, { now: app.now, today: dayOf(app.now) }, rankOf);
}
