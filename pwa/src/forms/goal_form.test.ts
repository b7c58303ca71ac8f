import { describe, expect, test } from 'vitest';
import { aino, record } from '../domain/cast.fixture.ts';
import {
  goalEdit,
  goalErrors,
  goalFormOf,
  newGoalForm,
  stepTickEdit,
  withStep,
  withStepMoved,
  goalWithTaken,
} from './goal_form.ts';
import { phaseEdit, phaseErrors, planFault, someTimeSoon } from './small_forms.ts';
import { tickEdits } from './tick_edits.ts';
import { instantAt } from '../domain/wall_clock.ts';

const goal = record('goal', 'g-1', {
  title: 'Oma yksiö',
  area: 'apartment_search',
  status: 'agreed',
  'steps/s1': { text: 'Palkkatodistus', order: 0 },
  'steps/s2': { text: 'Hakemus', order: 1 },
});

describe('the form of a goal', () => {
  test('[M6] only the steps whose words or place changed are set', () => {
    const form = goalFormOf(goal);
    form.input = withStep(form.input, 's3');
    form.input.steps.forEach((step) => {
      if (step.id === 's3') step.text = 'Näyttö';
      if (step.id === 's1') step.text = 'Palkkatodistus työnantajalta';
    });
    expect(goalEdit(form)).toMatchObject({
      set: {
        'steps/s1': { text: 'Palkkatodistus työnantajalta', order: 0 },
        'steps/s3': { text: 'Näyttö', order: 2 },
      },
      seen: { 'steps/s1': ['g-1:steps/s1'] },
    });
    expect(Object.keys(goalEdit(form)?.set ?? {})).toHaveLength(2);
  });

  test('[M6] who does a step belongs to it; what nobody has said is not written', () => {
    const form = goalFormOf(goal);
    form.input.steps.forEach((step) => {
      if (step.id === 's1') step.doer = 'client_and_worker';
    });
    expect(goalEdit(form)?.set).toEqual({
      'steps/s1': { text: 'Palkkatodistus', order: 0, doer: 'client_and_worker' },
    });
  });

  test('[E1] the fields that the declaration adds are written where somebody typed in them', () => {
    const form = goalFormOf(
      record('goal', 'g-1', { title: 'Oma yksiö', status: 'reached', scale: 'change_for_better' }),
    );
    expect(goalEdit(form)).toBeNull();
    Object.assign(form.input.more?.typed ?? {}, { closed_on: '2026-11-20', outcome_words: ' ' });
    expect(goalEdit(form)?.set).toEqual({ closed_on: '2026-11-20' });
    Object.assign(form.input.more?.typed ?? {}, { closed_on: '2026-02-31' });
    expect(goalErrors(form.input)).toEqual(['more']);
  });

  test('[M6] moving a step sets the two that changed places', () => {
    const form = goalFormOf(goal);
    form.input = withStepMoved(form.input, 's2', -1);
    expect(goalEdit(form)?.set).toEqual({
      'steps/s2': { text: 'Hakemus', order: 0 },
      'steps/s1': { text: 'Palkkatodistus', order: 1 },
    });
  });

  test('[M7] a step whose words were cleared is taken out by a change that has seen it', () => {
    const form = goalFormOf(goal);
    form.input.steps.forEach((step) => {
      if (step.id === 's1') step.text = ' ';
    });
    expect(goalEdit(form)).toMatchObject({
      set: { 'steps/s1': null },
      seen: { 'steps/s1': ['g-1:steps/s1'] },
    });
  });

  test('a new goal needs its title, and an empty new step is left out', () => {
    const form = newGoalForm('g-9', 'c-1');
    expect(goalErrors(form.input)).toEqual(['title']);
    form.input = withStep({ ...form.input, title: ' Saan unta ' }, 's1');
    expect(goalErrors(form.input)).toEqual([]);
    expect(goalEdit(form)).toEqual({
      record: 'g-9',
      kind: 'goal',
      case: 'c-1',
      set: { title: 'Saan unta', status: 'agreed' },
      seen: {},
    });
  });

  test('[M10] a tick of a step names the tick that was shown', () => {
    const done = record('goal', 'g-1', { 'steps_done/s1': { on: '2026-12-01', by: aino } });
    expect(stepTickEdit(done, 's1', null)).toMatchObject({
      set: { 'steps_done/s1': null },
      seen: { 'steps_done/s1': ['g-1:steps_done/s1'] },
    });
    expect(stepTickEdit(goal, 's1', { on: '2026-12-02', by: aino })?.seen).toEqual({});
  });
});

describe('a value that came while the form was open', () => {
  test('[M10] taking a colleague’s step keeps the title as typed', () => {
    const { input } = goalFormOf(goal);
    const later = goalFormOf(
      record('goal', 'g-1', {
        title: 'Oma kaksio',
        'steps/s1': { text: 'Palkkatodistus', order: 0 },
        'steps/s2': { text: 'Hakemus verkossa', order: 1 },
      }),
    ).input;
    const taken = goalWithTaken({ ...input, title: 'Omani' }, later, 'steps/s2');
    expect(taken).toMatchObject({ title: 'Omani', steps: [{}, { text: 'Hakemus verkossa' }] });
    expect(goalWithTaken({ ...input, title: 'Omani' }, later, 'title').title).toBe('Oma kaksio');
  });
});

describe('ticking outside a visit', () => {
  const about = { case: 'c-1', newId: 'k-new', on: '2026-12-01', by: aino };
  const item = 'home_care.waste';

  test('a case without a list gets one', () => {
    expect(tickEdits(item, true, [], about)).toMatchObject([{ record: 'k-new', seen: {} }]);
  });

  test('[M7] a tick is taken away from every list that has it', () => {
    const list = (id: string, done: boolean) =>
      record('checklist', id, { [`ticks/${item}`]: { done, on: '2026-11-01', by: aino } });
    const lists = [list('k-1', true), list('k-2', true), list('k-3', false)];
    const edits = tickEdits(item, false, lists, about);
    expect(edits.map((edit) => edit.record)).toEqual(['k-1', 'k-2']);
    expect(edits[0]?.seen).toEqual({ [`ticks/${item}`]: [`k-1:ticks/${item}`] });
  });
});

describe('the short forms', () => {
  const phase = {
    record: 'r-1',
    period: 'p-9',
    case: 'c-1',
    phase: 'strong' as const,
    since: '2026-12-01',
    reason: 'need_increased',
    note: '',
    hours: '',
  };

  test('a change of phase only adds to the history', () => {
    expect(phaseEdit(phase)).toEqual({
      record: 'r-1',
      kind: 'case',
      case: 'c-1',
      set: {
        'phases/p-9': { phase: 'strong', since: '2026-12-01', reason: 'need_increased' },
      },
      seen: {},
    });
  });

  test('phase, reason and day are asked for, and hours within the limit', () => {
    expect(phaseErrors(phase)).toEqual([]);
    expect(phaseErrors({ ...phase, hours: '200' })).toEqual([]);
    expect(phaseErrors({ ...phase, phase: null, reason: null, since: '', hours: '201' })).toEqual([
      'phase',
      'reason',
      'since',
      'hours',
    ]);
  });

  test('a plan that ends when it begins is no plan', () => {
    const [input] = [{ times: { day: '2026-12-01', start: '10:00', end: '10:00' } }];
    expect(planFault(input as Parameters<typeof planFault>[0])).toBe('noTime');
  });

  test('some time soon is a full hour of a working day', () => {
    const at = (clock: string) => Date.parse(instantAt('2026-12-01', clock));
    expect(someTimeSoon(at('09:20'))).toEqual({ day: '2026-12-01', start: '10:00', end: '11:00' });
    expect(someTimeSoon(at('18:00'))).toMatchObject({ day: '2026-12-02', start: '09:00' });
    expect(someTimeSoon(at('05:00'))).toMatchObject({ day: '2026-12-01', start: '09:00' });
  });
});
