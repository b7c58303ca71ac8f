import { expect, test } from 'vitest';
import '../kinds/declared.fixture.ts';
import type { CaseSummary, Json, VisitSummary } from '../model/engine.ts';
import { deviceBoard } from './board.ts';

const now = Date.parse('2026-11-30T10:00:00Z');
const asked = { now, today: '2026-11-30' };

/** A client of whom nothing stands out. */
function client(name: string, more: Partial<CaseSummary> = {}): CaseSummary {
  return {
    case: name,
    name,
    status: 'active',
    phase: 'normal',
    countedMinutes: { '2026-11': 420 },
    lastContact: '2026-11-28T08:00:00Z',
    visits: [visit('2026-12-02T08:00:00Z')],
    listed: [],
    ...more,
  } as CaseSummary;
}

const visit = (start: string, outcome: string | null = null) =>
  ({ record: start, start, end: start, outcome }) as VisitSummary;

const listed = (kind: string, values: Record<string, Json>) => [{ record: 'r-1', kind, values }];
const intake = (values: Record<string, Json>) =>
  client('', { isIntake: true, visits: [], listed: listed('referral', values) });
const boardOf = (...summaries: CaseSummary[]) => deviceBoard(summaries, asked, () => undefined);

test('[Q3] of clients in order nothing stands out', () => {
  const board = boardOf(client('Paavo'));
  expect(Object.values(board.marks)).toEqual([0, 0, 0, 0, 0]);
  expect([board.noRoof, board.clocks, board.clocksLate]).toEqual([0, 0, 0]);
  expect([...board.terms, ...board.overdue, ...board.unrecorded]).toEqual([]);
});

test('[Q3] intakes: no roof tonight, and the 24 hours that run or have run out without an answer', () => {
  const at = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  const board = boardOf(
    intake({ need_notified_at: at(2), no_roof_tonight: true }),
    intake({ need_notified_at: at(25) }),
    intake({ need_notified_at: at(30), first_response: { at: at(1) } }),
  );
  expect([board.noRoof, board.clocks, board.clocksLate]).toEqual([1, 1, 1]);
  expect(board.marks.silent).toBe(0);
});

test('[Q3] what stands out is counted as the list of clients counts it', () => {
  const board = boardOf(
    client('Silent', { lastContact: null }),
    client('Unplanned and in arrears', {
      visits: [],
      listed: listed('rent', { status: 'unpaid', due_on: '2026-11-02' }),
    }),
    client('Ended', { status: 'ended', lastContact: null, visits: [] }),
  );
  const { silent, unplanned, arrears } = board.marks;
  expect([silent, unplanned, arrears]).toEqual([1, 1, 1]);
  // The rent is told of by the mark, not once more among the deadlines.
  expect(board.overdue).toEqual([]);
});

test('[Q3] a term that ends is told of sixty days before, and a deadline once it has gone by', () => {
  const ends = listed('decision', { status: 'active', end: '2027-01-20' });
  const expired = listed('application', { status: 'active', expires_on: '2026-11-20' });
  const board = boardOf(client('Paavo', { listed: ends }), client('Rauha', { listed: expired }));
  expect(board.terms.map((due) => [due.case, due.day])).toEqual([['Paavo', '2027-01-20']]);
  expect(board.overdue.map((due) => [due.case, due.cause])).toEqual([
    ['Rauha', 'application_expires'],
  ]);
});

test('[Q3] a visit is written down within a day', () => {
  const visits = [
    visit('2026-11-30T08:00:00Z'),
    visit('2026-11-29T09:00:00Z'),
    visit('2026-11-28T09:00:00Z'),
    visit('2026-11-27T09:00:00Z', 'done'),
  ];
  const found = boardOf(client('Paavo', { visits })).unrecorded.map(({ visit: one }) => one.start);
  expect(found).toEqual(['2026-11-28T09:00:00Z', '2026-11-29T09:00:00Z']);
});
