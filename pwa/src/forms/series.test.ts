import { describe, expect, test } from 'vitest';
import { aino, liisa, record, version } from '../domain/cast.fixture.ts';
import { daysLater } from '../domain/week.ts';
import { instantAt } from '../domain/wall_clock.ts';
import type { Span } from '../domain/visits.ts';
import type { Json, RecordView } from '../model/engine.ts';
import { publicHolidays } from '../rules/free_days.ts';
import { dayOf } from '../rules/time.ts';
import {
  calledOff,
  laterOf,
  newVisits,
  once,
  placeOf,
  repeatFault,
  spansAfter,
  turnsOf,
  usualEnd,
  withFollowers,
} from './series.ts';
import type { Repeat } from './small_forms.ts';
import { moveEdit } from './move.ts';
import { planFormOf } from './small_forms.ts';
import { timesOf } from './times.ts';

/** Thursday 10.12.2026, 10–11 */
const first: Span = {
  start: instantAt('2026-12-10', '10:00'),
  end: instantAt('2026-12-10', '11:00'),
};
const now = '2026-12-01T00:00:00Z';
const weekly = (more: Partial<Repeat> = {}): Repeat => ({
  ...once,
  weeks: 1,
  until: '2026-12-31',
  ...more,
});

function planned(repeat: Repeat) {
  const start = { id: 'v-1', case: 'c-1', times: timesOf(first), worker: aino, safety: [] };
  const { input, opened } = planFormOf(null, start);
  let n = 1;
  return newVisits({ input: { ...input, repeat }, opened }, () => `v-${(n += 1)}`);
}

describe('a series that is planned', () => {
  test('[T5] is so many visits, saved together, each of which says which of them it is', () => {
    const edits = planned(weekly());
    expect(edits.map(({ record }) => record)).toEqual(['v-1', 'v-2', 'v-3']);
    expect(edits.map(({ set }) => set['series'])).toEqual(
      ['2026-12-10', '2026-12-17', '2026-12-31'].map((day, at) => ({
        id: 'v-1',
        number: at + 1,
        weeks: 1,
        start: instantAt(day, '10:00'),
        end: instantAt(day, '11:00'),
      })),
    );
    expect(edits.every(({ set }) => set['worker'] === aino)).toBe(true);
  });

  test('[T4] [T5] leaves holidays out, unless somebody keeps them', () => {
    const holidays = turnsOf(weekly(), first).filter(({ holiday }) => holiday !== null);
    expect(holidays).toEqual([
      expect.objectContaining({ day: '2026-12-24', holiday: 'christmas_eve', isLeft: true }),
    ]);
    expect(planned(weekly({ kept: ['2026-12-24'] }))).toHaveLength(4);
    expect(planned(weekly({ left: ['2026-12-10', '2026-12-17'] }))).toHaveLength(1);
  });

  test('[T5] of one visit is a visit and no series, on the day that is left', () => {
    const [only, ...others] = planned(weekly({ left: ['2026-12-10', '2026-12-17'] }));
    expect(others).toEqual([]);
    expect(only?.set).toMatchObject({ plan: { start: instantAt('2026-12-31', '10:00') } });
    expect(only?.set).not.toHaveProperty('series');
    expect(planned(once)[0]?.set).not.toHaveProperty('series');
  });

  test('[T5] is refused where its last day is missing, before the first, or five years away, and where nothing is left', () => {
    const fault = (more: Partial<Repeat>) => repeatFault(weekly(more), first);
    expect(fault({})).toBeNull();
    expect(fault({ until: '' })).toBe('missing');
    expect(fault({ until: '0026-12-31' })).toBe('missing');
    expect(fault({ until: '2026-12-09' })).toBe('before');
    expect(fault({ until: '2031-12-10' })).toBe('tooMany');
    expect(fault({ until: '2026-12-10', left: ['2026-12-10'] })).toBe('none');
    expect(fault({ until: '2027-12-02' })).toBeNull();
    expect(fault({ until: '2027-12-09' })).toBe('tooMany');
  });

  test('[T5] ends with the service, else after three months, and never after more visits than may be', () => {
    expect(usualEnd('2026-12-10', 1, '2027-06-30')).toBe('2027-06-30');
    expect(usualEnd('2026-12-10', 1, null)).toBe('2027-03-11');
    expect(usualEnd('2026-12-10', 1, '2026-11-30')).toBe('2027-03-11');
    expect(usualEnd('2026-12-10', 1, '2030-01-01')).toBe('2027-12-02');
  });
});

/** Four Thursdays as the series has them; `more` of each. */
function series(
  more: Record<number, Record<string, Json | ReturnType<typeof version>[]>> = {},
): RecordView[] {
  return [1, 2, 3, 4].map((number) => {
    const span = daysLater(first, 7 * (number - 1));
    return record('visit', `v-${number}`, {
      plan: { ...span, zone: 'Europe/Helsinki' },
      series: { id: 'v-1', number, weeks: 1, ...span },
      place: 'client_home',
      ...more[number],
    });
  });
}

const ids = (records: RecordView[] | undefined) => records?.map(({ id }) => id);

describe('this visit and the later ones', () => {
  const elsewhere = {
    start: instantAt('2026-12-23', '12:00'),
    end: instantAt('2026-12-23', '13:00'),
  };

  test('[T6] what a colleague moved stays, and so does what two people planned otherwise', () => {
    const all = series({
      3: { plan: { ...elsewhere, zone: 'Europe/Helsinki' } },
      4: { plan: [version('a', { ...elsewhere }, aino, 2), version('b', { ...first }, liisa, 1)] },
    });
    const later = laterOf(all[1] ?? null, all, now);
    expect(ids(later?.follow)).toEqual([]);
    expect(ids(later?.stay)).toEqual(['v-3', 'v-4']);
  });

  test('[T6] what is logged or removed is neither, and a visit without a series has no later ones', () => {
    const all = series({ 2: { outcome: { code: 'done' } }, 3: { removed: { saw: [] } } });
    expect(ids(laterOf(all[0] ?? null, all, now)?.follow)).toEqual(['v-4']);
    expect(laterOf(record('visit', 'v-9', {}), all, now)).toBeNull();
    expect(placeOf(record('visit', 'v-9', { series: 'of a newer app' }))).toBeNull();
  });

  test('[T7] go with it: as many days on, at its time; each edit has seen the plan that was shown', () => {
    const all = series();
    const [, second, third, fourth] = all;
    if (!second || !third || !fourth) throw new Error('four');
    const to = { start: instantAt('2026-12-18', '12:00'), end: instantAt('2026-12-18', '13:30') };
    const edit = moveEdit(second, daysLater(first, 7), to);
    if (!edit) throw new Error('moved');
    const edits = withFollowers(edit, second, [third, fourth]);
    expect(edits.map(({ record }) => record)).toEqual(['v-2', 'v-3', 'v-4']);
    const days = ['2026-12-18', '2026-12-25', '2027-01-01'];
    expect(edits.map(({ set }) => set['plan'])).toEqual(
      days.map((day) => ({
        start: instantAt(day, '12:00'),
        end: instantAt(day, '13:30'),
        zone: 'Europe/Helsinki',
      })),
    );
    expect(edits.map(({ set }) => set['series'])).toEqual(
      days.map((day, at) => ({
        id: 'v-1',
        number: at + 2,
        weeks: 1,
        start: instantAt(day, '12:00'),
        end: instantAt(day, '13:30'),
      })),
    );
    expect(edits.map(({ seen }) => seen['plan'])).toEqual([
      ['v-2:plan'],
      ['v-3:plan'],
      ['v-4:plan'],
    ]);
    expect(spansAfter(second, [third], to).map(({ start }) => dayOf(start))).toEqual([
      '2026-12-25',
    ]);
  });

  test('[T7] take over what else was changed, and stay at their times where the time was not', () => {
    const all = series();
    const [one, two] = all;
    if (!one || !two) throw new Error('two');
    const edit = {
      record: 'v-1',
      kind: 'visit',
      case: 'c-1',
      set: { place: 'agreed_place' },
      seen: {},
    };
    expect(withFollowers(edit, one, [two])).toEqual([
      edit,
      expect.objectContaining({
        record: 'v-2',
        set: { place: 'agreed_place' },
        seen: { place: ['v-2:place'] },
      }),
    ]);
  });

  test('[T6] are called off with an outcome each', () => {
    const edits = calledOff(series().slice(1));
    expect(edits.map(({ record }) => record)).toEqual(['v-2', 'v-3', 'v-4']);
    expect(edits.every(({ set }) => Object.keys(set).join() === 'outcome')).toBe(true);
  });
});

test('[T4] Easter and what follows it are where the church has them, each year', () => {
  const easter = (year: number) =>
    Object.entries(publicHolidays(year)).find(([, code]) => code === 'easter_sunday')?.[0];
  expect([1991, 2008, 2019, 2025, 2079].map(easter)).toEqual([
    '1991-03-31',
    '2008-03-23',
    '2019-04-21',
    '2025-04-20',
    '2079-04-23',
  ]);
});
