/** [V11] Which PINs are taken: digits, not too few, and none of those that everybody tries first. */

import { PIN_DIGITS_MAX, PIN_DIGITS_MIN } from '../rules/constants.ts';

/** `length`: too few or too many digits, or something else among them; `easy`: a row, a repetition or a mirrored one. */
type PinFault = 'length' | 'easy';

export function pinFault(pin: string): PinFault | null {
  if (!/^\d+$/.test(pin) || pin.length < PIN_DIGITS_MIN || pin.length > PIN_DIGITS_MAX)
    return 'length';
  return isRow(pin) || isRepeated(pin) || isMirrored(pin) ? 'easy' : null;
}

/** each digit as far from the one before: 123456, 987654, 111111, 135791 */
function isRow(pin: string): boolean {
  const steps = new Set<number>();
  for (let n = 1; n < pin.length; n += 1)
    steps.add((Number(pin[n]) - Number(pin[n - 1]) + 10) % 10);
  return steps.size === 1;
}

/** 121212, 123123 */
function isRepeated(pin: string): boolean {
  return (pin + pin).indexOf(pin, 1) < pin.length;
}

/** 123321 */
function isMirrored(pin: string): boolean {
  return Array.from(pin).reverse().join('') === pin;
}
