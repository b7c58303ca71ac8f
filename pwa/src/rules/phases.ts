/** The phases of support of a case (G11). Twin of `server/rules/phases.py`; `tests/vectors/phases.json` binds the two. */

import { isDay } from './dates.ts';
import type { Json } from './json.ts';

/** The ids of those that say which phase begins and when: oldest first, of two of one day the later made last. */
export function phasesInOrder(phases: Record<string, Json>): string[] {
  return Object.entries(phases)
    .flatMap(([id, parts]) => {
      const { since, phase } = (parts ?? {}) as { since?: Json; phase?: Json };
      const isBegun = typeof since === 'string' && isDay(since);
      return isBegun && typeof phase === 'string' && phase !== '' ? [`${since} ${id}`] : [];
    })
    .sort()
    .map((each) => each.slice('YYYY-MM-DD '.length));
}
