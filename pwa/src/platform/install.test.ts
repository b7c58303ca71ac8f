import { expect, test } from 'vitest';
import { platform } from './install.svelte.ts';

const cases = [
  ['android', 'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/129 Mobile', 5],
  ['ios', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari', 5],
  ['ios', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari', 5],
  ['desktop', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari', 0],
  ['desktop', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/129 Edg/129', 10],
] as const;

test.each(cases)('%s is told from %s', (expected, userAgent, maxTouchPoints) => {
  expect(platform({ userAgent, maxTouchPoints } as Navigator)).toBe(expected);
});
