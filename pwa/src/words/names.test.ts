import { expect, test } from 'vitest';

/** an ending, a colon with an ending, or an English ’s right after something that is a name */
const inflected = /\$\{(?:name|names|label|who)\}(?:\p{L}|:\p{L}|['’]s)/gu;

test('[U23] names are never inflected: no word hangs an ending on one', () => {
  const files = Object.values(
    import.meta.glob<string>('./{fi,sv,en}/*.ts', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap((file) => file.match(inflected) ?? [])).toEqual([]);
});

test('[U23] an ending would be noticed', () => {
  expect(
    '`${name}n käynti` `${name}:n` `${name}’s visit` `${name}, klo`'.match(inflected),
  ).toHaveLength(3);
});
