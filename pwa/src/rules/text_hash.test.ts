import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest, digests } from './digest.ts';
import type { State } from './merge.ts';
import { hexOf, TextHash, together } from './text_hash.ts';

test('[D1] the hash of each text is the browser’s, whatever was hashed before it', async () => {
  const hash = new TextHash();
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 2_000 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      for (const text of some) expect(hexOf(hash.of(text))).toBe(await theirs(text));
    }),
  );
});

test('[D1] of every length around the ends of a block', async () => {
  const hash = new TextHash();
  for (let length = 0; length <= 200; length += 1) {
    const text = 'ä'.repeat(length % 7) + 'x'.repeat(length);
    expect(hexOf(hash.of(text))).toBe(await theirs(text));
  }
});

test('[D1, D4] records digested in parts have the digest of all', () => {
  const all = Array.from({ length: 7 }, (_, n) => [`record-${n}`, stateOf(n)] as const);
  const parts = [all.slice(0, 3), all.slice(3, 4), all.slice(4)];
  expect(parts.map(digest).reduce(together)).toBe(digest(all));
  const ofFile = all.map(([id, state]) => [id, 'file', state] as const);
  expect(digests(ofFile)).toEqual({ file: digest(all) });
});

function stateOf(n: number): State {
  const version = {
    change: `change-${n}`,
    rank: `rank-${n}`,
    author: 'aino',
    value: `Käynti ${n}`,
  };
  const note = [version];
  return { fields: { note }, awaited: {} };
}

async function theirs(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
