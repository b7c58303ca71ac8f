/** How urgent a kind of crisis is, as the catalogue says: 1 first. */

import { entryOf } from '../../words/catalogue.svelte.ts';

export function rankOf(crisis: string): number | undefined {
  const rank = entryOf('crisis_kind', crisis)?.['rank'];
  return typeof rank === 'number' ? rank : undefined;
}
