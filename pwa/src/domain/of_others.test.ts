import { expect, test } from 'vitest';
import { record, version } from './cast.fixture.ts';
import { isOfOthers } from './of_others.ts';

test('[Y5] what anybody marked as telling of another person is not shown to the client, settled or not', () => {
  const note = record('note', 'n-1', { text: 'Naapuri juo.' });
  expect(isOfOthers(note)).toBe(false);
  const marks = [version('2', 'third_party_info'), version('3', null)];
  expect(isOfOthers({ ...note, fields: { ...note.fields, visibility: marks } })).toBe(true);
});
