import { expect, test } from 'vitest';
import { own } from './own.ts';

test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'unknown'])(
  '[W14] a map has under %s what it holds itself, and nothing else',
  (key) => {
    expect(own({ other: 1 }, key)).toBeUndefined();
    expect(own(undefined, key)).toBeUndefined();
    expect(own(JSON.parse(`{"${key}": 1}`) as Record<string, number>, key)).toBe(1);
  },
);
