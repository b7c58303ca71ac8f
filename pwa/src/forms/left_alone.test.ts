import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aino, record } from '../domain/cast.fixture.ts';
import { instantOf } from '../rules/time.ts';
import type { Json } from '../model/engine.ts';
import { goalEdit, goalFormOf } from './goal_form.ts';
import { noteEdit, noteFormOf, planEdit, planFormOf } from './small_forms.ts';
import { visitEdits, visitErrors } from './visit_edits.ts';
import { visitFormOf, withOutcome, type VisitContext, type VisitForm } from './visit_form.ts';

const context: VisitContext = {
  newId: () => 'new',
  user: aino,
  now: Date.parse('2026-12-01T13:43:00Z'),
  safety: [],
};
const isDelivered = (outcome: string | null) => outcome === 'done' || outcome === 'done_partly';

/** As the form on the screen holds it: with its input as it opened. */
function opened<Input extends object, Form extends { input: Input }>(form: Form) {
  return { ...form, begun: structuredClone(form.input) };
}

const at = fc.integer({ min: 1_760_000_000, max: 1_800_000_000 }).map((s) => instantOf(s * 1000));
const text = fc.oneof(fc.string(), fc.constantFrom(' reunoilla välit ', 'rivi\r\nrivi\n', ''));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** Visits as any client may have stored them: with seconds, with parts of a newer app, with gaps. */
const stored = fc.record({
  outcome: fc.record({
    code: fc.constantFrom('done', 'door_not_opened', 'of_a_newer_app'),
    reason: fc.option(text),
    why: text,
  }),
  actual: maybe(fc.record({ start: at, end: at, zone: fc.constantFrom('Europe/Helsinki', 'UTC') })),
  plan: maybe(fc.record({ start: at, end: at, by: text })),
  note: maybe(text),
  place: maybe(fc.constantFrom('client_home', 'of_a_newer_app')),
  visit_kind: maybe(fc.constantFrom('home_visit', 'of_a_newer_app')),
  worker: maybe(fc.constant(aino)),
  methods: maybe(fc.array(text)),
  areas: maybe(fc.array(text)),
  'minutes/client_work_direct': maybe(fc.nat(1440)),
  'minutes/client_work_indirect': maybe(fc.nat(1440)),
  'minutes/travel': maybe(fc.nat(1440)),
});

function recordOf(kind: string, fields: Record<string, unknown>) {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return record(kind, 'r-1', Object.fromEntries(set) as Record<string, Json>);
}

describe('a form writes only what its person changed', () => {
  test('[E1] opening a logged visit and changing its note sets the note, whatever else is stored', () => {
    fc.assert(
      fc.property(stored, (fields) => {
        const visit = recordOf('visit', fields);
        const form = opened<VisitForm['input'], VisitForm>(
          visitFormOf(visit, [visit], null, context),
        );
        expect(visitEdits(form, [visit], isDelivered, context)).toEqual([]);
        expect(visitErrors(form.input, isDelivered(form.input.outcome), form.begun)).toEqual([]);
        form.input.note = 'Lisätty: avain palautettiin.';
        const [edit] = visitEdits(form, [visit], isDelivered, context);
        expect(Object.keys(edit?.set ?? {})).toEqual(['note']);
      }),
      { numRuns: 300 },
    );
  });

  test('[E1] the second three o’clock of the autumn night keeps its hour and its minutes', () => {
    const visit = recordOf('visit', {
      outcome: { code: 'done' },
      actual: {
        start: '2026-10-25T01:00:00Z',
        end: '2026-10-25T02:00:00Z',
        zone: 'Europe/Helsinki',
      },
      'minutes/client_work_direct': 60,
    });
    const form = opened<VisitForm['input'], VisitForm>(visitFormOf(visit, [visit], null, context));
    form.input.note = 'Rauhallinen yö.';
    const [edit] = visitEdits(form, [visit], isDelivered, context);
    expect(edit?.set).toEqual({ note: 'Rauhallinen yö.' });
  });

  test('[E1] a visit without minutes gets none by the correction of something else', () => {
    const visit = recordOf('visit', {
      outcome: { code: 'done' },
      actual: { start: '2026-12-01T08:00:00Z', end: '2026-12-01T09:00:00Z' },
    });
    const form = opened<VisitForm['input'], VisitForm>(visitFormOf(visit, [visit], null, context));
    form.input.areas = ['home_care'];
    expect(visitEdits(form, [visit], isDelivered, context)[0]?.set).toEqual({
      areas: ['home_care'],
    });
    form.input.times = { ...form.input.times, end: '12:00' };
    expect(visitEdits(form, [visit], isDelivered, context)[0]?.set).toMatchObject({
      'minutes/client_work_direct': 120,
    });
  });

  test('[E1] parts of a newer app stay where one of them is changed', () => {
    const visit = recordOf('visit', {
      outcome: { code: 'door_not_opened', reason: 'Nukkui', later: 7 },
    });
    const form = opened<VisitForm['input'], VisitForm>(visitFormOf(visit, [visit], null, context));
    form.input.reason = 'Oli poissa';
    expect(visitEdits(form, [visit], isDelivered, context)[0]?.set).toEqual({
      outcome: { code: 'door_not_opened', reason: 'Oli poissa', later: 7 },
    });
  });

  test('[E1] the same of plans, notes and goals', () => {
    const start = {
      id: 'r-1',
      case: 'c-1',
      worker: aino,
      safety: [],
      times: { day: '2026-12-01', start: '09:00', end: '10:00' },
    };
    fc.assert(
      fc.property(at, at, text, text, (from, to, words, other) => {
        const plan = recordOf('visit', {
          plan: { start: from, end: to, zone: 'UTC', of_a_newer_app: other },
        });
        expect(planEdit(opened(planFormOf(plan, start)))).toBeNull();
        const note = recordOf('note', { text: words, at: from });
        expect(noteEdit(opened(noteFormOf(note, 'r-1', 'c-1', 0)))).toBeNull();
        const goal = recordOf('goal', {
          title: words,
          'steps/s1': { text: other, order: 3, by: 'x' },
          review_on: '0026-12-01',
        });
        expect(goalEdit(opened(goalFormOf(goal)))).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});

describe('defaults claim nothing', () => {
  const plan = {
    start: '2026-12-01T14:30:00Z',
    end: '2026-12-01T15:30:00Z',
    zone: 'Europe/Helsinki',
  };
  const visit = recordOf('visit', { plan, visit_kind: 'home_visit' });
  const openedAt = (now: string) =>
    visitFormOf(visit, [visit], null, { ...context, now: Date.parse(now) });

  test.each([
    ['2026-12-01T13:00:00Z', null],
    ['2026-12-01T14:29:59Z', null],
    ['2026-12-01T14:30:00Z', 'done'],
    ['2026-12-01T18:00:00Z', 'done'],
    ['2026-11-01T08:00:00Z', null],
  ])('[E6] at %s a visit that begins at 14.30 has come to %s', (now, outcome) => {
    expect(openedAt(now).input.outcome).toBe(outcome);
    const { input } = openedAt(now);
    const delivered = isDelivered(input.outcome);
    expect(visitErrors(input, delivered)).toEqual(outcome === null ? ['outcome'] : []);
  });

  test('[E6] one that took place before its time did so by now, and is as long as planned', () => {
    const now = Date.parse('2026-12-01T13:02:00Z');
    const { input } = openedAt('2026-12-01T13:02:00Z');
    expect(withOutcome(input, 'done', true, now).times).toMatchObject({
      start: '14:00',
      end: '15:00',
    });
    expect(withOutcome(input, 'cancelled_client', false, now).times).toEqual(input.times);
  });
});
