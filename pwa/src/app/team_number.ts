import { app } from './app.svelte.ts';
import { reachable, type Reachable } from '../domain/team.ts';

export function teamNumber(): Reachable | null {
  return reachable(app.me, app.people.values());
}
