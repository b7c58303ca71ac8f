import { expect, test } from 'vitest';
import { wellFormed } from '../rules/json.ts';
import {
  HOURS_PER_MONTH_MAX,
  LINE_CHARS_MAX,
  NOTE_CHARS_MAX,
  VISIT_MINUTES_MAX,
} from '../rules/constants.ts';
import { charsOf, fits, isTooLong, wholeOf } from './numbers.ts';

test.each([
  '1,5',
  '1.5',
  '-5',
  '1e3',
  '0x10',
  'puoli tuntia',
  '１５',
  '99999999999999999999',
  '5 0',
])('[E3] "%s" is no whole number, and is not made one', (typed) => {
  expect(wholeOf(typed)).toBeNaN();
  expect(fits(typed, VISIT_MINUTES_MAX)).toBe(false);
});

test('[E3] a whole number is one, spaces around it or not', () => {
  expect(wholeOf(' 45 ')).toBe(45);
  expect(wholeOf('007')).toBe(7);
  expect(wholeOf('')).toBeNull();
  expect(wholeOf(60)).toBe(60);
  expect([fits('1440', 1440), fits('1441', 1440), fits('', 1440)]).toEqual([true, false, true]);
});

test('[E3] characters are counted as the server counts them', () => {
  expect(charsOf('👩‍👧 ä')).toBe(5);
  expect(isTooLong('🙂'.repeat(300), 300)).toBe(false);
  expect(isTooLong('🙂'.repeat(301), 300)).toBe(true);
  expect(isTooLong('x'.repeat(300), 300)).toBe(false);
});

test('[E2] a lone half of an emoji becomes a mark that every machine takes; a whole one stays', () => {
  const typed = { note: 'a\ud83d b 🙂', list: ['\udc00'], deep: { none: null, number: 1 } };
  expect(wellFormed(typed)).toEqual({
    note: 'a\ufffd b 🙂',
    list: ['\ufffd'],
    deep: { none: null, number: 1 },
  });
});

interface Contract {
  components: {
    schemas: Record<string, { properties?: Record<string, Record<string, unknown>> }>;
  };
}

const contracts = import.meta.glob<Contract>('../../../docs/openapi.json', {
  eager: true,
  import: 'default',
});

/** The limits of the contract, wherever its shapes hold them. */
test('[E3] the limits are the server’s', () => {
  const [contract] = Object.values(contracts);
  const schemas = contract?.components.schemas ?? {};
  const of = (kind: string, field: string) => schemas[kind]?.properties?.[field] ?? {};
  expect(of('VisitFields', 'note')['maxLength']).toBe(NOTE_CHARS_MAX);
  expect(of('GoalFields', 'title')['maxLength']).toBe(LINE_CHARS_MAX);
  expect(of('Outcome', 'reason')['maxLength']).toBe(LINE_CHARS_MAX);
  expect(of('PhasePeriod', 'hours_per_month')['maximum']).toBe(HOURS_PER_MONTH_MAX);
  const minutes = of('VisitFields', 'minutes')['additionalProperties'] as Record<string, unknown>;
  expect(minutes['maximum']).toBe(VISIT_MINUTES_MAX);
});
