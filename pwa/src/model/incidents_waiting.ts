import type { Json } from './engine.ts';

/** [K7] The preference in which threats lie that the server does not have yet: it counts as unsent. */
export const INCIDENTS_WAITING = 'incidentsWaiting';

export function countOf(waiting: Json | undefined): number {
  return Array.isArray(waiting) ? waiting.length : 0;
}
