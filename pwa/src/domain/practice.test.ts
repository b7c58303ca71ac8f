import { expect, test } from 'vitest';
import { stepAfter, stepCount, type Happened } from './practice.ts';

const nothing: Happened = {
  isOffline: false,
  visit: 'none',
  differs: false,
  isAtDiffering: false,
  isAtCheckIn: false,
  isOut: false,
};

test('[U48] a visit offline: no network, the visit saved without one, the visit sent', () => {
  expect(stepAfter('offline', 0, nothing)).toBe(0);
  // Logged with a network: that was not what the exercise asks for.
  expect(stepAfter('offline', 0, { ...nothing, visit: 'sent' })).toBe(0);
  const offline = { ...nothing, isOffline: true };
  expect(stepAfter('offline', 0, offline)).toBe(1);
  expect(stepAfter('offline', 1, nothing)).toBe(0);
  const waits: Happened = { ...offline, visit: 'waits' };
  expect(stepAfter('offline', 1, waits)).toBe(2);
  expect(stepAfter('offline', 2, { ...waits, isOffline: false })).toBe(2);
  // Taken back by Kumoa.
  expect(stepAfter('offline', 2, offline)).toBe(1);
  expect(stepAfter('offline', 2, { ...nothing, visit: 'sent' })).toBe(stepCount('offline'));
});

test('[U48] two entries: looked at side by side, then one chosen', () => {
  expect(stepAfter('differing', 0, { ...nothing, differs: true })).toBe(0);
  // Not on this screen's index yet: nobody has settled anything.
  expect(stepAfter('differing', 0, nothing)).toBe(0);
  expect(stepAfter('differing', 0, { ...nothing, differs: true, isAtDiffering: true })).toBe(1);
  expect(stepAfter('differing', 1, { ...nothing, differs: true })).toBe(1);
  expect(stepAfter('differing', 1, nothing)).toBe(stepCount('differing'));
});

test('[U48] a check-in: its screen, begun, ended', () => {
  const there = { ...nothing, isAtCheckIn: true };
  expect(stepAfter('checkIn', 0, nothing)).toBe(0);
  expect(stepAfter('checkIn', 0, there)).toBe(1);
  expect(stepAfter('checkIn', 1, nothing)).toBe(0);
  expect(stepAfter('checkIn', 1, { ...there, isOut: true })).toBe(2);
  expect(stepAfter('checkIn', 2, { ...nothing, isOut: true })).toBe(2);
  expect(stepAfter('checkIn', 2, nothing)).toBe(stepCount('checkIn'));
});
