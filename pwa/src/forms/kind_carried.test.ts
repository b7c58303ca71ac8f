import { expect, test } from 'vitest';
import { record } from '../domain/cast.fixture.ts';
import { carriedEdit } from './kind_carried.ts';

const today = '2026-12-01';
const client = record('case', 'c-1', {
  status: 'active',
  service: { start: '2025-01-01', end: '2026-12-31' },
});

test('[G8] the case ends on the day of the exit, and not before it', () => {
  const about = (on: string) => ({ values: { on }, today });
  expect(carriedEdit('exit', client, about('2026-12-01'))?.set).toEqual({ status: 'ended' });
  expect(carriedEdit('exit', client, about('2026-12-02'))).toBeNull();
  expect(carriedEdit('exit', null, about('2026-12-01'))).toBeNull();
  expect(carriedEdit('talk', client, about('2026-12-01'))).toBeNull();
});

test('[G8] the service is that of the latest decision', () => {
  const values = {
    status: 'active',
    service_type: 'supported_housing',
    start: '2026-11-01',
    end: '2027-10-31',
  };
  expect(carriedEdit('decision', client, { values, today })).toMatchObject({
    set: {
      service_type: 'supported_housing',
      service: { start: '2026-11-01', end: '2027-10-31' },
    },
    seen: { service: ['c-1:service'] },
  });
  const later: [string, Record<string, string>] = ['decision', { start: '2026-11-02' }];
  expect(carriedEdit('decision', client, { values, today, others: [later] })).toBeNull();
  const over = { ...values, status: 'ended' };
  expect(carriedEdit('decision', client, { values: over, today })).toBeNull();
});
