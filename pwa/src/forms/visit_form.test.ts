import { beforeEach, describe, expect, test } from 'vitest';
import { aino, liisa, record, version } from '../domain/cast.fixture.ts';
import { instantAt } from '../domain/wall_clock.ts';
import type { Edit, RecordView } from '../model/engine.ts';
import { newerValues, withTaken } from './baseline.ts';
import { visitEdits, visitErrors } from './visit_edits.ts';
import { newVisitForm, visitFormOf, visitWithTaken, type VisitContext } from './visit_form.ts';

let ids = 0;
const isDelivered = (outcome: string | null) => outcome === 'done';
const context: VisitContext = {
  newId: () => `new-${(ids += 1)}`,
  user: aino,
  now: Date.parse(instantAt('2026-12-01', '15:43')),
  safety: [],
};
beforeEach(() => {
  ids = 0;
});

const plan = {
  start: instantAt('2026-12-01', '14:30'),
  end: instantAt('2026-12-01', '15:40'),
  zone: 'Europe/Helsinki',
};
const next = { start: instantAt('2026-12-08', '14:30'), end: instantAt('2026-12-08', '15:40') };
const visit = record('visit', 'v-1', {
  plan,
  visit_kind: 'support_visit',
  mode: 'face_to_face',
  place: 'client_home',
  worker: aino,
});
const goal = record('goal', 'g-1', { title: 'Oma yksiö', status: 'agreed' });
const records = [visit, goal];

function planned() {
  return visitFormOf(visit, records, next, context);
}

function edit(edits: Edit[], id: string): Edit {
  const found = edits.find((one) => one.record === id);
  if (found === undefined) throw new Error(`no edit of ${id}`);
  return found;
}

describe('the log sheet', () => {
  test('[U20] two taps are enough: a planned visit took place as planned', () => {
    expect(visitEdits(planned(), records, isDelivered, context)).toEqual([
      {
        record: 'v-1',
        kind: 'visit',
        case: 'c-1',
        set: { outcome: { code: 'done' }, actual: plan, 'minutes/client_work_direct': 70 },
        seen: {},
      },
    ]);
  });

  test('logged before its planned end, a visit counts no time that has not passed', () => {
    const at = (clock: string) => ({ ...context, now: Date.parse(instantAt('2026-12-01', clock)) });
    const ends = (clock: string) => visitFormOf(visit, records, next, at(clock)).input.times.end;
    expect(ends('15:02')).toBe('15:00');
    expect(ends('15:40')).toBe('15:40');
    expect(ends('17:00')).toBe('15:40');
    // Nothing has passed yet: as planned.
    expect(ends('14:31')).toBe('15:40');
    expect(ends('08:00')).toBe('15:40');
  });

  test('[R1] one save holds the visit, the ticks, the next visit and the goal that work began on', () => {
    const form = planned();
    form.input.goalMoves = { 'g-1': 'forward' };
    form.input.ticks = { 'strong.everyday_practice': true };
    form.input.note = 'Täytettiin hakemus.';
    form.input.next.planned = true;
    const edits = visitEdits(form, records, isDelivered, context);
    expect(edits.map((one) => one.kind)).toEqual(['visit', 'checklist', 'visit', 'goal']);
    expect(edit(edits, 'v-1').set).toMatchObject({
      'goal_moves/g-1': 'forward',
      note: 'Täytettiin hakemus.',
      next_visit: form.input.next.record,
    });
    expect(edit(edits, form.input.checklist).set).toEqual({
      'ticks/strong.everyday_practice': { done: true, on: '2026-12-01', by: aino, visit: 'v-1' },
    });
    expect(edit(edits, form.input.next.record).set).toEqual({
      plan: { ...next, zone: 'Europe/Helsinki' },
      visit_kind: 'support_visit',
      mode: 'face_to_face',
      place: 'client_home',
      worker: aino,
    });
    expect(edit(edits, 'g-1')).toMatchObject({
      set: { status: 'in_progress' },
      seen: { status: ['g-1:status'] },
    });
  });

  test('nobody at home: no work, no goals, no ticks, but the note and the next visit', () => {
    const form = planned();
    Object.assign(form.input, {
      outcome: 'door_not_opened',
      goalMoves: { 'g-1': 'forward' },
      ticks: { 'strong.everyday_practice': true },
      note: 'Jätin viestin.',
    });
    form.input.next.planned = true;
    const edits = visitEdits(form, records, isDelivered, context);
    expect(edits.map((one) => one.record)).toEqual(['v-1', form.input.next.record]);
    expect(edit(edits, 'v-1').set).toEqual({
      outcome: { code: 'door_not_opened' },
      note: 'Jätin viestin.',
      next_visit: form.input.next.record,
    });
  });

  test('[E6] nobody at home: the way there counts, and another attempt is again for two', () => {
    const form = planned();
    Object.assign(form.input, {
      outcome: 'door_not_opened',
      partner: liisa,
      minutes: { travel: '25', client_work_direct: '50' },
    });
    form.input.next.planned = true;
    const edits = visitEdits(form, records, isDelivered, context);
    expect(edit(edits, 'v-1').set).toMatchObject({ 'minutes/travel': 25 });
    expect(edit(edits, 'v-1').set).not.toHaveProperty('minutes/client_work_direct');
    expect(edit(edits, form.input.next.record).set).toMatchObject({ partner: liisa });
  });

  test('an unplanned call ended just now, on a multiple of five minutes', () => {
    const form = newVisitForm('call', 'c-1', records, () => next, context);
    const [call] = visitEdits(form, records, isDelivered, context);
    expect(call).toMatchObject({ record: form.input.visit, seen: {} });
    expect(call?.set).toMatchObject({
      visit_kind: 'phone_support',
      mode: 'phone',
      actual: { start: instantAt('2026-12-01', '15:30'), end: instantAt('2026-12-01', '15:40') },
      'minutes/client_work_direct': 10,
    });
  });

  test('a visit is proposed at home, but not where nobody is to go', () => {
    const begins = (safety: string[]) =>
      newVisitForm('visit', 'c-1', records, () => null, { ...context, safety }).input;
    expect(begins(['dog'])).toMatchObject({ visitKind: 'home_visit', place: 'client_home' });
    expect(begins(['dog', 'no_home_visit'])).toMatchObject({
      visitKind: 'support_visit',
      place: 'agreed_place',
    });
  });

  test('a visit over midnight ends the next day', () => {
    const form = planned();
    form.input.times = { day: '2026-12-01', start: '23:30', end: '00:15' };
    const [logged] = visitEdits(form, records, isDelivered, context);
    expect(logged?.set['minutes/client_work_direct']).toBe(45);
    expect(logged?.set['actual']).toMatchObject({ end: instantAt('2026-12-02', '00:15') });
  });

  test('minutes typed by hand stay when the times change', () => {
    const form = planned();
    form.input.minutes = { client_work_direct: '50', travel: '20' };
    form.input.times.end = '16:00';
    const [logged] = visitEdits(form, records, isDelivered, context);
    expect(logged?.set).toMatchObject({ 'minutes/client_work_direct': 50, 'minutes/travel': 20 });
  });

  test('what cannot be a time or a number of minutes is told before saving', () => {
    const form = planned();
    expect(visitErrors(form.input, true)).toEqual([]);
    form.input.times.start = '';
    form.input.minutes = { travel: '1441' };
    form.input.next = {
      ...form.input.next,
      planned: true,
      times: { ...form.input.times, day: '' },
    };
    expect(visitErrors(form.input, true)).toEqual(['times', 'minutes', 'next']);
    form.input.minutes = { travel: '1440' };
    form.input.next.planned = false;
    expect(visitErrors(form.input, true)).toEqual(['times']);
  });
});

describe('correcting a logged visit', () => {
  const logged: RecordView = {
    ...structuredClone(visit),
    fields: {
      ...structuredClone(visit.fields),
      ...record('visit', 'v-1', {
        outcome: { code: 'done' },
        actual: plan,
        'minutes/client_work_direct': 70,
        areas: ['home_care'],
        'goal_moves/g-1': 'same',
        note: 'Siivottiin.',
      }).fields,
    },
  };

  test('[W5] opening and saving without a change writes nothing', () => {
    const form = visitFormOf(logged, [logged, goal], null, context);
    expect(form.input).toMatchObject({ note: 'Siivottiin.', goalMoves: { 'g-1': 'same' } });
    const edits = visitEdits(form, [logged, goal], isDelivered, context);
    expect(edits).toEqual([]);
  });

  test('[R9] a colleague’s note that arrives meanwhile is neither named nor overwritten', () => {
    const form = visitFormOf(logged, [logged, goal], null, context);
    form.input.note = 'Siivottiin yhdessä.';
    const later = structuredClone(logged);
    later.fields['note'] = [version('l1', 'Siivottiin. Palovaroitin toimii.', liisa, 9)];
    const [saved] = visitEdits(form, [later, goal], isDelivered, context);
    expect(saved).toMatchObject({
      set: { note: 'Siivottiin yhdessä.' },
      seen: { note: ['v-1:note'] },
    });
    expect(newerValues(form.opened, [later], () => true).map((one) => one.path)).toEqual(['note']);
  });

  test('[R9] a tick of a colleague’s that arrives meanwhile is not named either', () => {
    const list = record('checklist', 'k-1', { 'ticks/home_care.waste': { done: false } });
    const form = visitFormOf(visit, [visit, list], null, context);
    const later = record('checklist', 'k-1', {
      'ticks/home_care.waste': [version('l1', { done: true, by: liisa }, liisa, 9)],
    });
    form.input.ticks = { 'home_care.waste': true };
    expect(edit(visitEdits(form, [visit, later], isDelivered, context), 'k-1').seen).toEqual({
      'ticks/home_care.waste': ['k-1:ticks/home_care.waste'],
    });
  });

  test('[M10] taking the colleague’s note keeps the rest of the sheet as typed', () => {
    const form = visitFormOf(logged, [logged, goal], null, context);
    Object.assign(form.input, { note: 'Omani', areas: ['wellbeing'] });
    const later = structuredClone(logged);
    later.fields['note'] = [version('l1', 'Liisan', liisa, 9)];
    const fresh = visitFormOf(later, [later, goal], null, context).input;
    const taken = {
      input: visitWithTaken(form.input, fresh, 'note'),
      opened: withTaken(form.opened, later, 'note'),
    };
    expect(taken.input).toMatchObject({ note: 'Liisan', areas: ['wellbeing'] });
    expect(visitEdits(taken, [later, goal], isDelivered, context)).toMatchObject([
      { set: { areas: ['wellbeing'] } },
    ]);
  });
});
