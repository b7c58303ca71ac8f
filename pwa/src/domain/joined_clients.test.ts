import { describe, expect, test } from 'vitest';
import type { CaseSummary } from '../model/engine.ts';
import { isOwnClient } from './agenda.ts';
import { asOne } from './joined_clients.ts';

function client(file: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return {
    case: file, clientId: file, name: `Client ${file}`, address: null, phone: null, status: null, phase: null,
    countedMinutes: {}, ownWorker: null, team: null, safety: [], safetyNote: null,
    lastContact: null, visits: [], openGoals: 0, differing: [], records: 1, ...more,
  }; // prettier-ignore
}

const visit = (file: string, start: string) => ({
  record: `${file} ${start}`, case: file, start, end: start, visitKind: null, place: null, worker: null, partner: null,
  outcome: null, pending: false,
}); // prettier-ignore

describe('a client who was entered twice', () => {
  test('[H7] is one on every list: visits, hours, goals and last contact of both, under the kept name', () => {
    const found = asOne([
      client('b', {
        duplicateOf: 'a',
        countedMinutes: { '2026-11': 30, '2026-12': 5 },
        lastContact: '2026-11-20T10:00:00Z',
        visits: [visit('b', '2026-12-01T08:00:00Z')],
        openGoals: 1,
        differing: ['x'],
        records: 3,
      }),
      client('a', {
        countedMinutes: { '2026-11': 60 },
        lastContact: '2026-11-02T10:00:00Z',
        visits: [visit('a', '2026-12-02T08:00:00Z')],
        openGoals: 2,
        records: 7,
      }),
      client('c'),
    ]);
    expect(found.map((one) => [one.case, one.also ?? []])).toEqual([
      ['a', ['b']],
      ['c', []],
    ]);
    expect(found[0]).toMatchObject({
      name: 'Client a',
      countedMinutes: { '2026-11': 90, '2026-12': 5 },
      lastContact: '2026-11-20T10:00:00Z',
      openGoals: 3,
      differing: ['x'],
      records: 10,
    });
    expect(found[0]?.visits.map(({ case: file }) => file)).toEqual(['b', 'a']);
  });

  test('[H7] carries the flags of safety of both: what is known of either holds at the door', () => {
    const [found] = asOne([
      client('a', { safety: ['dog'], safetyNote: 'Koira pihalla' }),
      client('b', { duplicateOf: 'a', safety: ['violence', 'dog'], safetyNote: 'Ei yksin' }),
    ]);
    expect(found?.safety).toEqual(['dog', 'violence']);
    expect(found?.safetyNote).toBe('Koira pihalla · Ei yksin');
  });

  test('[H7] is a client of the own worker of either file', () => {
    const [found] = asOne([
      client('a', { ownWorker: 'aino' }),
      client('b', { duplicateOf: 'a', ownWorker: 'liisa' }),
    ]);
    const own = ['aino', 'liisa', 'mikko', ''].filter((one) => found && isOwnClient(found, one));
    expect(own).toEqual(['aino', 'liisa']);
    expect(isOwnClient(client('c'), 'aino')).toBe(false);
  });

  test('[H7] has one header: nothing falls due of the other', () => {
    const line = (record: string, kind: string) => ({ record, kind, values: {} });
    const [found] = asOne([
      client('a', { listed: [line('a', 'case'), line('r1', 'rent')] }),
      client('b', { duplicateOf: 'a', listed: [line('b', 'case'), line('r2', 'rent')] }),
    ]);
    expect(found?.listed?.map(({ record }) => record)).toEqual(['a', 'r1', 'r2']);
  });

  test('[H7] who reads the duplicate alone sees it as a client', () => {
    const only = [client('b', { duplicateOf: 'a' })];
    expect(asOne(only)).toEqual(only);
  });

  test('[H7] a referral of somebody who is a client is a client', () => {
    const [found] = asOne([
      client('a', { isIntake: true }),
      client('b', { duplicateOf: 'a', isIntake: false }),
    ]);
    expect(found?.isIntake).toBe(false);
  });
});
