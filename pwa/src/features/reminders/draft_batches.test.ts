import { expect, test } from 'vitest';
import contract from '../../../../docs/openapi.json';
import { DRAFTS_MAX } from '../../rules/constants.ts';
import { inBatches } from './draft_batches.ts';

const drafts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `d-${at}`, since: '2026-11-20T12:00:00Z' }));

test('more drafts than the server takes at a time follow beside the first, each once', () => {
  const batches = inBatches(drafts(120));
  expect(batches.map((batch) => [batch.drafts.length, batch.beside])).toEqual([
    [50, false],
    [50, true],
    [20, true],
  ]);
  expect(batches.flatMap((batch) => batch.drafts)).toEqual(drafts(120));
  expect(DRAFTS_MAX).toBe(contract.components.schemas.Drafts.properties.drafts.maxItems);
});

test('that none is left is told too', () => {
  expect(inBatches([])).toEqual([{ drafts: [], beside: false }]);
});
