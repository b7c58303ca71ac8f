import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aino, liisa, record } from '../domain/cast.fixture.ts';
import {
  asksRhythm,
  clientEdit,
  clientErrors,
  clientFormOf,
  newClientForm,
  withTakenClientPart,
  type ClientError,
  type ClientForm,
} from './client_form.ts';

const today = '2026-11-28';

const client = record('case', 'c-1', {
  client_name: 'Anna Liisa Virtanen',
  phone: '040 123 4567',
  own_worker: aino,
  safety: ['dog'],
  visit_rhythm_days: 7,
  service: { start: '2026-01-01', end: '2026-12-31', granted: 'a part of a newer app' },
  household: { household_kind: 'single' },
  'phases/p1': { phase: 'normal', since: '2026-01-01' },
});

const form = (): ClientForm => clientFormOf(client, 'c-1', 'c-1');
const fresh = (): ClientForm => newClientForm({ case: 'new', phase: 'p', worker: aino });

describe('a client who is entered', () => {
  test('[S8] the edit opens the case file: its record is its case', () => {
    const { input, opened } = fresh();
    Object.assign(input.lines, { given_names: ' Anna ', family_name: 'Virtanen', phone: '' });
    input.phase = { id: 'p', code: 'preparation', hours: '' };
    expect(clientEdit({ input, opened }, today)).toEqual({
      record: 'new',
      kind: 'case',
      case: 'new',
      seen: {},
      set: {
        client_name: 'Anna Virtanen',
        given_names: 'Anna',
        family_name: 'Virtanen',
        language: 'fi',
        own_worker: aino,
        'phases/p': { phase: 'preparation', since: today },
      },
    });
  });

  test('the first phase begins with the service, asks for no reason, and takes hours of its own', () => {
    const { input, opened } = fresh();
    input.service.start = '2026-11-01';
    input.phase = { id: 'p', code: 'strong', hours: '9' };
    const edit = clientEdit({ input, opened }, today);
    expect(edit?.set['phases/p']).toEqual({
      phase: 'strong',
      since: '2026-11-01',
      hours_per_month: 9,
    });
  });

  test.each<[ClientError, (of: ClientForm['input']) => void]>([
    ['name', ({ lines }) => Object.assign(lines, { given_names: ' ', family_name: '' })],
    ['birthYear', (input) => (input.birthYear = '87')],
    ['birthYear', (input) => (input.birthYear = '2027')],
    ['birthYear', (input) => (input.birthYear = '1987,5')],
    ['ageOverride', (input) => (input.birthYear = '2009')],
    ['household', ({ household }) => (household.adults = '-1')],
    ['household', ({ household }) => (household.children = '31')],
    [
      'service',
      ({ service }) => Object.assign(service, { start: '2026-02-01', end: '2026-01-31' }),
    ],
    ['interpreter', ({ interpreter }) => (interpreter.language = 'x'.repeat(301))],
    ['rhythm', (input) => (input.rhythmDays = '0')],
    ['rhythm', (input) => (input.rhythmDays = '1,5')],
    ['hours', (input) => (input.phase = { id: 'p', code: 'strong', hours: '201' })],
  ])('%s is asked for or fixed at its field', (which, wrong) => {
    const { input } = form();
    expect(clientErrors(input, today)).toEqual([]);
    wrong(input);
    expect(clientErrors(input, today)).toEqual([which]);
  });

  test.each(['040 123 4567, 050 1', '40 123 4567', 'kysy äidiltä', '040 123 4567/12'])(
    '[U31] %s is no one number; what stood there before is nobody’s to fix now',
    (typed) => {
      const { input } = form();
      input.lines.phone = typed;
      expect(clientErrors(input, today)).toEqual(['phone']);
      expect(clientErrors(input, today, { phone: typed })).toEqual([]);
      input.lines.phone = '+358 (0)40 123 4567';
      input.lines.social_worker_phone = typed;
      expect(clientErrors(input, today)).toEqual(['socialPhone']);
    },
  );

  test('somebody under 18 is entered with a reason', () => {
    const { input } = form();
    input.birthYear = '2009';
    input.lines.age_override = 'Muuttaa itsenäiseen asumiseen';
    expect(clientErrors(input, today)).toEqual([]);
  });
});

describe('a client who is changed', () => {
  test('[M10] what was not changed is not written, whatever the form makes of it', () => {
    const { input, opened } = form();
    expect(clientEdit({ input, opened }, today)).toBeNull();
    input.lines.phone = '050 765 4321';
    expect(clientEdit({ input, opened }, today)).toEqual({
      record: 'c-1',
      kind: 'case',
      case: 'c-1',
      set: { phone: '050 765 4321' },
      seen: { phone: ['c-1:phone'] },
    });
  });

  test('[M6] [W11] a value of several parts keeps those that this app does not know', () => {
    const { input, opened } = form();
    input.service.end = '2027-06-30';
    input.household.children = '2';
    expect(clientEdit({ input, opened }, today)?.set).toEqual({
      service: { start: '2026-01-01', end: '2027-06-30', granted: 'a part of a newer app' },
      household: { household_kind: 'single', children: 2 },
    });
  });

  test('a name that was entered in one line becomes two when it is changed', () => {
    const { input, opened } = form();
    expect(input.lines).toMatchObject({ given_names: 'Anna Liisa', family_name: 'Virtanen' });
    input.lines.family_name = 'Virta';
    expect(clientEdit({ input, opened }, today)?.set).toEqual({
      client_name: 'Anna Liisa Virta',
      given_names: 'Anna Liisa',
      family_name: 'Virta',
    });
  });

  test('[M7] what is cleared is set to nothing', () => {
    const { input, opened } = form();
    Object.assign(input, { rhythmDays: '', safety: [] });
    input.service = { start: '', end: '' };
    expect(clientEdit({ input, opened }, today)?.set).toMatchObject({
      visit_rhythm_days: null,
      safety: null,
    });
  });

  test('no rhythm is asked for in the light phase', () => {
    const light = record('case', 'c-2', { 'phases/p': { phase: 'light', since: '2026-01-01' } });
    expect(asksRhythm(form().input, client, today)).toBe(true);
    expect(asksRhythm(form().input, light, today)).toBe(false);
    const { input } = fresh();
    input.phase = { id: 'p', code: 'light', hours: '' };
    expect(asksRhythm(input, null, today)).toBe(false);
  });

  test('[R9] a newer value that its person takes comes into the form, the rest stays as typed', () => {
    const mine = form().input;
    mine.lines.phone = 'typed';
    const theirs = form().input;
    Object.assign(theirs.lines, { own_worker: liisa, family_name: 'Virta' });
    theirs.safety = ['pair_visit'];
    for (const path of ['own_worker', 'client_name', 'safety'])
      Object.assign(mine, withTakenClientPart(mine, theirs, path));
    expect(mine.lines).toMatchObject({
      phone: 'typed',
      own_worker: liisa,
      family_name: 'Virta',
    });
    expect(mine.safety).toEqual(['pair_visit']);
  });

  test('whatever is typed as a number is either told of or written as it stands', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const { input, opened } = form();
        input.rhythmDays = typed;
        if (clientErrors(input, today).length > 0) return;
        const set = clientEdit({ input, opened }, today)?.set ?? {};
        const wanted = typed.trim() === '' ? null : Number(typed);
        expect('visit_rhythm_days' in set ? set['visit_rhythm_days'] : 7).toBe(wanted);
      }),
    );
  });
});
