import { parser } from 'typescript-eslint';
import { Linter, type Rule } from 'eslint';
import typescript from 'typescript';
import { expect, test } from 'vitest';
import { ownLookup } from './own_lookup.js';

const FILE = '/planted.ts';

/** What the rule says of a piece of code; typed without the library's declarations, which takes a moment instead of seconds. */
function faults(code: string): string[] {
  const declared = `
    interface Map { [key: string]: number }
    declare const map: Map | undefined, list: number[], key: string, at: number, side: 'left' | 'right';
    declare const sides: { left: number; right: number };
  `;
  const text = declared + code;
  const host = typescript.createCompilerHost({});
  host.getSourceFile = (name, version) =>
    name === FILE ? typescript.createSourceFile(name, text, version) : undefined;
  const program = typescript.createProgram([FILE], { noLib: true, strict: true }, host);
  const messages = new Linter({ cwd: '/' }).verify(
    text,
    {
      files: ['**/*.ts'],
      languageOptions: { parser, parserOptions: { programs: [program] } },
      plugins: { ovikello: { rules: { 'own-lookup': ownLookup as Rule.RuleModule } } },
      rules: { 'ovikello/own-lookup': 'error' },
    },
    FILE,
  );
  return messages.map(({ message }) => message);
}

test.each(['map![key];', 'map?.[key];', 'map![`${key}`];', 'key in map!;'])(
  'a lookup by any text is found: %s',
  (code) => {
    expect(faults(code)).toEqual([expect.stringContaining('may find what every object inherits')]);
  },
);

test.each([
  'map![key] = 1;',
  'map![`goals/${key}`];',
  'sides[side];',
  'list[at];',
  "map!['left'];",
])('what cannot find anything inherited passes: %s', (code) => {
  expect(faults(code)).toEqual([]);
});
