import { describe, expect, test } from 'vitest';
import { liisa, record, version } from '../domain/cast.fixture.ts';
import { editOf, newerValues, baselineOf, withKept, withTaken } from './baseline.ts';

const goal = record('goal', 'g-1', {
  title: [version('t1', 'Oma yksiö')],
  area: [version('r2', 'wellbeing', liisa, 3), version('r1', 'wellbeing')],
  status: [version('s2', 'agreed', liisa, 3), version('s1', 'proposed')],
});
const target = { record: 'g-1', kind: 'goal', case: 'c-1' };
const everything = () => true;

/** The goal after Liisa’s title has arrived. */
const later = structuredClone(goal);
later.fields['title'] = [version('t9', 'Oma kaksio', liisa, 9)];

describe('an open form', () => {
  test('[M10] names the ids behind the shown value, equal ones too, and no others', () => {
    const edit = editOf(baselineOf([goal]), target, { area: 'sobriety', status: 'reached' });
    expect(edit?.seen).toEqual({ area: ['r2', 'r1'], status: ['s2'] });
  });

  test('[W5] sets only what was changed, and has seen only what it sets', () => {
    const edit = editOf(baselineOf([goal]), target, { title: 'Oma kaksio', area: 'wellbeing' });
    expect(edit).toEqual({ ...target, set: { title: 'Oma kaksio' }, seen: { title: ['t1'] } });
    expect(editOf(baselineOf([goal]), target, { title: 'Oma yksiö' })).toBeNull();
  });

  test('[M7] a cleared text is set to null, an empty field that was empty is left alone', () => {
    const edit = editOf(baselineOf([goal]), target, { title: '', client_words: '', steps: [] });
    expect(edit?.set).toEqual({ title: null });
  });

  test('[H7] a change goes into the file in which its record lies, whichever page it was opened from', () => {
    const opened = baselineOf([goal]);
    const elsewhere = { ...target, case: 'c-2' };
    expect(editOf(opened, elsewhere, { title: 'Uusi' })?.case).toBe(goal.case);
    const taken = withKept(withTaken(opened, later, 'title'), later, 'area');
    expect(editOf(taken, elsewhere, { title: 'Uusi' })?.case).toBe(goal.case);
    expect(editOf(opened, { ...elsewhere, record: 'g-2' }, { title: 'Uusi' })?.case).toBe('c-2');
  });

  test('a new record has seen nothing', () => {
    const edit = editOf(baselineOf([]), { ...target, record: 'g-2' }, { title: 'Uusi' });
    expect(edit).toMatchObject({ set: { title: 'Uusi' }, seen: {} });
  });

  test('[R9] what arrived while it was open is not named, so nothing unseen is overwritten', () => {
    const opened = baselineOf([goal]);
    const draft = JSON.parse(JSON.stringify(opened)) as typeof opened;
    const edit = editOf(draft, target, { title: 'Oma yksiö keskustasta' });
    expect(edit?.seen).toEqual({ title: ['t1'] });
    expect(newerValues(draft, [later], everything)).toEqual([
      { record: 'g-1', path: 'title', version: later.fields['title']?.[0] },
    ]);
  });

  test('[M4] an equal value that arrived is no news', () => {
    const equal = structuredClone(goal);
    equal.fields['title'] = [version('t9', 'Oma yksiö', liisa, 9)];
    expect(newerValues(baselineOf([goal]), [equal], everything)).toEqual([]);
  });

  test('[M10] whoever keeps their own after reading the newer value has seen both', () => {
    const opened = withKept(baselineOf([goal]), later, 'title');
    expect(newerValues(opened, [later], everything)).toEqual([]);
    expect(editOf(opened, target, { title: 'Omani' })?.seen).toEqual({ title: ['t1', 't9'] });
  });

  test('[M10] whoever keeps the value that stood there before sets it anew', () => {
    const opened = withKept(baselineOf([goal]), later, 'title');
    expect(editOf(opened, target, { title: 'Oma yksiö' })?.set).toEqual({ title: 'Oma yksiö' });
  });

  test('[M10] whoever takes the newer value goes on from it', () => {
    const opened = withTaken(baselineOf([goal]), later, 'title');
    expect(editOf(opened, target, { title: 'Oma kaksio' })).toBeNull();
    expect(editOf(opened, target, { title: 'Muu' })?.seen).toEqual({ title: ['t9'] });
  });
});
