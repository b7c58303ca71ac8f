import { describe, expect, test } from 'vitest';
import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { agendaOf, nearest, recentClients, visitsOfPerson, type Item } from './agenda.ts';

const AINO = 'aino';
const LIISA = 'liisa';
/** a Thursday, 12.00 in Helsinki */
const NOON = Date.parse('2026-12-03T10:00:00Z');

function client(name: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return {
    case: `case-${name}`,
    clientId: 'OV-0001',
    name,
    address: null,
    phone: null,
    status: null,
    phase: null,
    countedMinutes: {},
    ownWorker: AINO,
    team: null,
    safety: [],
    safetyNote: null,
    lastContact: null,
    visits: [],
    openGoals: 0,
    differing: [],
    records: 1,
    ...more,
  };
}

/** a visit of an hour that begins `minutes` from noon */
function visit(record: string, minutes: number, more: Partial<VisitSummary> = {}): VisitSummary {
  const at = (ms: number) => new Date(ms).toISOString().replace('.000', '');
  return {
    record,
    case: 'case',
    start: at(NOON + minutes * 60_000),
    end: at(NOON + (minutes + 60) * 60_000),
    visitKind: 'home_visit',
    place: 'client_home',
    worker: AINO,
    partner: null,
    outcome: null,
    pending: false,
    ...more,
  };
}

function items(...visits: VisitSummary[]): Item[] {
  return visitsOfPerson([client('Matti', { visits })], AINO);
}

const records = (list: Item[]) => list.map((item) => item.visit.record);

describe('the nearest visit', () => {
  test('a visit is opened an hour before it begins, and not earlier', () => {
    expect(nearest(items(visit('a', 60)), NOON)?.visit.record).toBe('a');
    expect(nearest(items(visit('a', 61)), NOON)).toBeNull();
  });

  test('it stays open half an hour after its end, and not longer', () => {
    expect(nearest(items(visit('a', -90)), NOON)?.visit.record).toBe('a');
    expect(nearest(items(visit('a', -91)), NOON)).toBeNull();
  });

  test('the visit that is on comes before one that begins soon', () => {
    expect(nearest(items(visit('soon', 10), visit('on', -50)), NOON)?.visit.record).toBe('on');
  });
});

describe('the day', () => {
  test('what is over and unlogged is overdue, the newest first', () => {
    const agenda = agendaOf(items(visit('old', -3000), visit('new', -200)), NOON);
    expect(records(agenda.overdue)).toEqual(['new', 'old']);
  });

  test('the opened visit stands in no other list', () => {
    const agenda = agendaOf(items(visit('a', -80), visit('b', 100)), NOON);
    expect(agenda.next?.visit.record).toBe('a');
    expect(agenda.isNow).toBe(true);
    expect(records(agenda.overdue)).toEqual([]);
    expect(records(agenda.later)).toEqual(['b']);
  });

  test('with nothing on, the next of today is opened', () => {
    const agenda = agendaOf(items(visit('b', 100), visit('c', 200)), NOON);
    expect(agenda.next?.visit.record).toBe('b');
    expect(agenda.isNow).toBe(false);
    expect(records(agenda.later)).toEqual(['c']);
  });

  test('what was logged is done, whenever it was planned', () => {
    const agenda = agendaOf(items(visit('a', -20, { outcome: 'done' })), NOON);
    expect(agenda.next).toBeNull();
    expect(records(agenda.done)).toEqual(['a']);
  });

  test('a free day names the next visit', () => {
    const agenda = agendaOf(items(visit('a', 5 * 24 * 60)), NOON);
    expect(agenda.next).toBeNull();
    expect(agenda.after?.visit.record).toBe('a');
  });

  test('late in the evening tomorrow is the next day in Helsinki', () => {
    const evening = Date.parse('2026-12-03T21:30:00Z');
    const agenda = agendaOf(items(visit('a', 20 * 60)), evening);
    expect(records(agenda.tomorrow)).toEqual(['a']);
    // 22.30 UTC is half past midnight of the next day.
    const past = Date.parse('2026-12-03T22:30:00Z');
    expect(records(agendaOf(items(visit('a', 20 * 60)), past).tomorrow)).toEqual([]);
  });

  test('clients with something to know before the door are named, except the opened one', () => {
    const flagged = client('Anna', { safety: ['dog'], visits: [visit('a', 100), visit('b', 200)] });
    const agenda = agendaOf(visitsOfPerson([flagged], AINO), NOON);
    expect(records(agenda.safety)).toEqual(['b']);
  });
});

describe('whose visits', () => {
  test('own, partnered, and of own clients when nobody has taken them', () => {
    const own = client('Matti', {
      visits: [
        visit('own', 10),
        visit('partnered', 20, { worker: LIISA, partner: AINO }),
        visit('free', 30, { worker: null }),
        visit('others', 40, { worker: LIISA }),
      ],
    });
    const others = client('Anna', { ownWorker: LIISA, visits: [visit('x', 50, { worker: null })] });
    expect(records(visitsOfPerson([own, others], AINO))).toEqual(['own', 'partnered', 'free']);
  });
});

test('the client whose visit is nearest in time comes first, once', () => {
  const matti = client('Matti', { visits: [visit('a', -500), visit('b', 300)] });
  const anna = client('Anna', { visits: [visit('c', -100)] });
  const names = recentClients(visitsOfPerson([matti, anna], AINO), NOON).map((one) => one.name);
  expect(names).toEqual(['Anna', 'Matti']);
});
