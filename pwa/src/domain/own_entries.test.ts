import { expect, test } from 'vitest';
import { movedBy, withOwnEntries } from './own_entries.ts';

const own = (code: string, retired = false) => ({
  code,
  catalogue: 'session_topic',
  fi: `${code} fi`,
  sv: `${code} sv`,
  en: `${code} en`,
  retired,
});

const lists = {
  session_topic: [
    { code: 'arts', label: 'Taide' },
    { code: 'other', label: 'Muu' },
  ],
  place: [{ code: 'client_home', label: 'Koti' }],
};

test('[A20] own entries stand in their order before the other, retired ones are not offered', () => {
  const found = withOwnEntries(lists, [own('org.b'), own('org.a', true)], 'sv');
  expect(found['session_topic']).toEqual([
    { code: 'arts', label: 'Taide' },
    { code: 'org.b', label: 'org.b sv', active: true },
    { code: 'org.a', label: 'org.a sv', active: false },
    { code: 'other', label: 'Muu' },
  ]);
  expect(found['place']).toEqual(lists.place);
});

test('[A20] one place up or down, and no further than the end', () => {
  expect(movedBy(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(movedBy(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  expect(movedBy(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(movedBy(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
