/**
 * What the small index keeps of the records that lists across clients show (G5). The worker learns how once the kinds are known;
 * an index that was made before, or by an older release's columns, is made anew.
 */

import type { ListedRecord, RecordView } from '../model/engine.ts';
import type { Contract } from '../rules/contracted_hours.ts';

export interface Listing {
  /** which declarations it goes by */
  by: string;
  of: (records: RecordView[], today: string) => ListedRecord[];
  contractOf: (header: RecordView, records: RecordView[]) => Contract | null;
}

export let listing: Listing = { by: '', of: () => [], contractOf: () => null };

export function useListing(next: Listing): void {
  listing = next;
}
