/** The laws of the clock (C); mirrors `tests/sync` in Python. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as clock from './clock.ts';

const stamps = fc
  .record({
    time_ms: fc.integer({ min: 0, max: 9_000_000_000_000 }),
    counter: fc.integer({ min: 0, max: 0xffff }),
    node: fc.stringMatching(/^[0-9a-f]{12}$/),
  })
  .map(clock.write);
const times = fc.integer({ min: 0, max: 9_000_000_000_000 });
const NODE = 'a1b2c3d4e5f6';

test('[C1] a stamp is its parts, and text orders stamps as their parts do', () => {
  fc.assert(
    fc.property(stamps, stamps, (a, b) => {
      expect(clock.write(clock.parse(a))).toBe(a);
      const [left, right] = [clock.parse(a), clock.parse(b)];
      if (left.time_ms !== right.time_ms) expect(a < b).toBe(left.time_ms < right.time_ms);
    }),
  );
});

test('[C2] a tick is later than the last, whatever the time', () => {
  fc.assert(
    fc.property(stamps, times, (last, now) => {
      expect(clock.tick(last, now, NODE) > last).toBe(true);
    }),
  );
});

test('[C3] what was received is followed, unless it runs wild', () => {
  fc.assert(
    fc.property(stamps, stamps, times, (last, other, now) => {
      const next = clock.receive(last, other, now, NODE);
      expect(next > last).toBe(true);
      const wild = clock.parse(other).time_ms > now + clock.CLOCK_DRIFT_MAX_MS;
      if (!wild) expect(next > other).toBe(true);
      else expect(next).toBe(clock.tick(last, now, NODE));
    }),
  );
});

test('[C6] nothing but a stamp is taken', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!clock.isStamp(text)) expect(() => clock.parse(text)).toThrow(clock.StampInvalid);
    }),
  );
});
