import { expect, test } from 'vitest';
import { pinFault } from './pins.ts';

test.each(['', '12345', '12345a', '123 456', '1234567890123', '１２３４５６'])(
  '[V11] %j is no PIN',
  (pin) => {
    expect(pinFault(pin)).toBe('length');
  },
);

test.each([
  '111111',
  '123456',
  '234567',
  '987654',
  '890123',
  '135791',
  '121212',
  '123123',
  '123321',
  '1234321',
])('[V11] %s is guessed first', (pin) => {
  expect(pinFault(pin)).toBe('easy');
});

test.each(['274916', '100200', '112358', '31415926', '271828182845'])(
  '[V11] %s is taken',
  (pin) => {
    expect(pinFault(pin)).toBeNull();
  },
);
