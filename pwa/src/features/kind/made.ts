/**
 * Parts of declared kinds that were made by hand: a value as it is read (`<kind>.<field>`), a field of the form, a row, the page
 * that is read, what stands above a list across clients or above a client's own. What is not here is drawn from the declaration. A whole kind by hand has its screens in `paths.ts`.
 */

import type { Component } from 'svelte';
import type { KindInput } from '../../forms/kind_form.ts';
import type { RecordView } from '../../model/engine.ts';
import type { CaseFile } from '../../case/case_file.svelte.ts';
import RatingItems from '../rating/RatingItems.svelte';
import CallNumber from './CallNumber.svelte';
import LedgerLink from './LedgerLink.svelte';

interface Made {
  values: Record<string, Component<{ record: RecordView; name: string }>>;
  fields: Record<string, Component<{ input: KindInput; name: string; ontouch: () => void }>>;
  rows: Record<string, Component<{ record: RecordView }>>;
  pages: Record<string, Component<{ record: RecordView }>>;
  lists: Record<string, Component>;
  ofClient: Record<string, () => Promise<Component<{ file: CaseFile }>>>;
}

export const made: Made = {
  values: { 'member.phone': CallNumber },
  fields: { 'rating.values': RatingItems, 'rating.answers': RatingItems },
  rows: {},
  pages: {},
  lists: { rent: LedgerLink },
  ofClient: {
    rating: async () => (await import('./late.ts')).RatingWheel,
    stay: async () => (await import('./late.ts')).HomeWaited,
  },
};
