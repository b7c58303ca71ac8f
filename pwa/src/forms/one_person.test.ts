import { describe, expect, test } from 'vitest';
import { record, version } from '../domain/cast.fixture.ts';
import type { RecordView } from '../model/engine.ts';
import { apartEdits, joiningEdits } from './one_person.ts';

function header(file: string, names?: string): RecordView {
  const fields = names === undefined ? {} : { duplicate_of: [version(`v-${file}`, names)] };
  return { ...record('case', `header-${file}`, fields), case: file };
}

const told = (edits: ReturnType<typeof joiningEdits>) =>
  edits.map(({ case: file, set }) => [file, set['duplicate_of']]);

describe('a client who was entered twice', () => {
  test('[H7] joined, the one header names the other and nothing else is written', () => {
    expect(joiningEdits(header('a'), header('b'))).toEqual([
      { record: 'header-b', kind: 'case', case: 'b', set: { duplicate_of: 'a' }, seen: {} },
    ]);
  });

  test('[H7] joined the other way round, the first is turned', () => {
    expect(told(joiningEdits(header('a', 'b'), header('b')))).toEqual([
      ['b', 'a'],
      ['a', null],
    ]);
  });

  test('[H7] taken apart, though two people joined them in either direction at once', () => {
    expect(told(apartEdits(header('b', 'a'), header('a', 'b')))).toEqual([
      ['b', null],
      ['a', null],
    ]);
  });

  test('[H7] a name that leads to a file that is not read here stays', () => {
    expect(told(joiningEdits(header('a', 'hidden'), header('b')))).toEqual([['b', 'a']]);
    expect(told(apartEdits(header('b', 'a'), header('a', 'hidden')))).toEqual([['b', null]]);
  });
});
