import { app } from '../../app.svelte.ts';
import type { Person } from '../../store/engine.ts';

/** Whoever leads the person's team, and can be called. */
export function teamLeader(): Person | undefined {
  return [...app.people.values()].find(
    ({ role, team, phone }) => role === 'team_leader' && team === app.me?.team && phone,
  );
}
