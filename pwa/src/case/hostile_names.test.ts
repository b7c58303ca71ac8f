import { beforeEach, expect, test, vi } from 'vitest';
import { paths } from '../app/paths.ts';
import { countedIn } from '../domain/counted.ts';
import { rhythmDaysOf } from '../domain/next_visit.ts';
import { shownValue, textsOf } from '../domain/records.ts';
import { kindOf } from '../kinds/declared.ts';
import type { Draft, RecordView } from '../model/engine.ts';
import { labelOf, sentenceOf } from '../words/catalogue.svelte.ts';
import { loadAllWords, setLocale, words } from '../words/index.svelte.ts';
import { draftName, draftPath } from './drafts.ts';
import type { SupportPhase } from '../rules/constants.ts';

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await setLocale('en');
  await loadAllWords();
});

/** A kind, a path, a code: the first three every object answers to. */
const names = ['constructor', 'valueOf', '__proto__', 'unknown'];

test.each(names)('[W11] [W14] a record of the kind %s is one of an unknown kind', (name) => {
  const record: RecordView = { id: 'r', kind: name, case: 'c', fields: {}, pending: [] };
  expect(kindOf(name)).toBeUndefined();
  expect(shownValue(record, name)).toBeNull();
  expect(textsOf(record, name)).toEqual([]);
  expect(countedIn({ ...record, kind: 'note' }, name, '2026-01-01')).toBeNull();
  expect(rhythmDaysOf(null, name as SupportPhase)).toBeNull();
  expect(paths.record(name, 'c', 'r')).toContain(name);
});

test.each(names)('[W11] [W14] a code, a refusal and a draft called %s have a word', (name) => {
  expect(labelOf('visit_outcome', name)).toBe(name);
  expect(labelOf(name, 'done')).toBe('done');
  expect(sentenceOf({ code: name })).toBe(words.shell.unknownProblem);
  const draft: Draft = {
    id: 'd',
    form: `${name}:r`,
    case: 'c',
    values: null,
    seen: {},
    savedAt: 0,
  };
  expect(draftName(draft)).toBe(words.adding.unfinished);
  expect(draftPath(draft)).toBeNull();
});
