import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aino, liisa, record, version } from './cast.fixture.ts';
import { differenceOf, settlementOf, wordDifferences } from './conflicts.ts';
import { differingPaths } from './records.ts';

const goal = record('goal', 'g-1', {
  title: [version('l1', 'Oma yksiö', liisa, 5), version('a1', 'Löydän yksiön', aino, 2)],
  area: [version('l2', 'wellbeing', liisa, 5), version('a2', 'sobriety', aino, 2)],
  status: [version('l3', 'agreed', liisa, 5), version('a3', 'agreed', aino, 2)],
});

function difference(path: string, of = goal) {
  const found = differenceOf(of, path);
  if (found === null) throw new Error(`${path} does not differ`);
  return found;
}

describe('differing entries', () => {
  test('[M4] equal values are one, and nobody is asked about them', () => {
    expect(differingPaths(goal)).toEqual(['area', 'title']);
    expect(differenceOf(goal, 'status')).toBeNull();
  });

  test('[M10] the settling change names every value that was displayed, equal ones too', () => {
    const note = record('note', 'n-1', {
      text: [
        version('l1', 'A', liisa, 9),
        version('a1', 'B', aino, 5),
        version('x1', 'B', 'p-x', 3),
      ],
    });
    const edit = settlementOf(note, difference('text', note), 'A');
    expect(edit.set).toEqual({ text: 'A' });
    expect(edit.seen['text']?.toSorted()).toEqual(['a1', 'l1', 'x1']);
  });

  test('[M10] a value that came after the cards were drawn is not named', () => {
    const drawn = difference('title');
    const later = structuredClone(goal);
    later.fields['title']?.unshift(version('m1', 'Kolmas', 'p-mikko', 9));
    expect(settlementOf(later, drawn, 'Oma yksiö').seen['title']).not.toContain('m1');
  });

  test('[M5] two texts can be kept both, one after the other', () => {
    expect(difference('title')).toMatchObject({
      both: 'Löydän yksiön / Oma yksiö',
      texts: ['Löydän yksiön', 'Oma yksiö'],
    });
    const note = record('visit', 'v-1', {
      note: [version('l1', 'Tiskit tehty. ', liisa, 5), version('a1', 'Palovaroitin toimii.')],
    });
    expect(difference('note', note).both).toBe('Palovaroitin toimii.\n\nTiskit tehty.');
  });

  test('of two codes, numbers or times only one can be right', () => {
    expect(difference('area')).toMatchObject({ both: null, texts: null });
    const visit = record('visit', 'v-1', {
      'minutes/client_work_direct': [version('l1', 60, liisa, 5), version('a1', 45)],
    });
    expect(difference('minutes/client_work_direct', visit).both).toBeNull();
  });

  test('two lists are kept both as one list', () => {
    const visit = record('visit', 'v-1', {
      areas: [
        version('l1', ['wellbeing', 'sobriety'], liisa, 5),
        version('a1', ['home_care', 'wellbeing']),
      ],
    });
    expect(difference('areas', visit).both).toEqual(['home_care', 'wellbeing', 'sobriety']);
  });

  test('a text that one of them cleared is chosen, not joined', () => {
    const note = record('note', 'n-1', { text: [version('l1', '', liisa, 5), version('a1', 'B')] });
    expect(difference('text', note)).toMatchObject({ both: null, texts: null });
  });

  test('a step keeps both wordings and its place, but a mere move is chosen', () => {
    const of = (a: string, b: string) =>
      record('goal', 'g', {
        'steps/s1': [
          version('l1', { text: a, order: 2 }, liisa, 5),
          version('a1', { text: b, order: 0 }),
        ],
      });
    expect(difference('steps/s1', of('Soita', 'Kirjoita')).both).toEqual({
      text: 'Kirjoita / Soita',
      order: 0,
    });
    expect(difference('steps/s1', of('Soita', 'Soita')).both).toBeNull();
  });

  test('[M7] two people who removed the same thing agree', () => {
    const removed = record('goal', 'g', {
      removed: [version('l1', { saw: ['x'] }, liisa, 5), version('a1', { saw: ['x', 'y'] })],
    });
    expect(differingPaths(removed)).toEqual([]);
  });

  test('the older side comes first; each tells who wrote it, and when', () => {
    const [other, shown] = difference('title').sides;
    expect(shown).toMatchObject({ value: 'Oma yksiö', author: liisa });
    expect(other).toMatchObject({ value: 'Löydän yksiön', author: aino });
    expect((shown?.at ?? 0) - (other?.at ?? 0)).toBe(3 * 60_000);
  });
});

describe('word differences', () => {
  test('marks what only one of the texts has', () => {
    const [left, right] = wordDifferences('Velkaa 612 e. Soitettiin.', 'Velkaa 540 e. Soitettiin.');
    expect(left.filter((one) => one.marked).map((one) => one.text)).toEqual(['612 ']);
    expect(right.filter((one) => one.marked).map((one) => one.text)).toEqual(['540 ']);
  });

  test('the pieces joined are the text again, and unmarked pieces are common to both', () => {
    const words = fc.array(fc.constantFrom('yksi', 'kaksi', 'kolme', '\n', '  ', 'å'), {
      maxLength: 30,
    });
    const text = words.map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const sides = wordDifferences(a, b);
        expect(sides.map((side) => side.map((one) => one.text).join(''))).toEqual([a, b]);
        const [left, right] = sides.map((side) =>
          side
            .filter((one) => !one.marked)
            .flatMap((one) => one.text.split(/\s+/u))
            .filter(Boolean),
        );
        expect(left).toEqual(right);
      }),
    );
  });
});
