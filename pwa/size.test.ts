import { expect, test } from 'vitest';
import { excesses, weigh, type Script } from './size.ts';

const script = (file: string, more: Partial<Script> = {}): Script => ({
  file,
  isEntry: false,
  imports: [],
  dynamicImports: [],
  module: null,
  ...more,
});

const build = [
  script('index.js', {
    isEntry: true,
    imports: ['svelte.js'],
    dynamicImports: ['fi.js', 'log.js'],
  }),
  script('svelte.js'),
  script('fi.js', { module: '/pwa/src/words/fi/index.ts' }),
  script('en.js', { module: '/pwa/src/words/en/index.ts' }),
  script('log.js', {
    module: '/pwa/src/features/visit/LogSheet.svelte',
    imports: ['form.js', 'svelte.js'],
  }),
  script('form.js'),
  script('fetch.js', { module: '/pwa/src/features/first-sync/FirstSync.svelte' }),
  script('lock.js', { module: '/pwa/src/features/lock/Lock.svelte' }),
];
const bytes: Record<string, number> = {
  'index.js': 10_000, 'svelte.js': 15_000, 'fi.js': 8_000, 'en.js': 7_000, 'log.js': 20_000, 'form.js': 15_000, 'fetch.js': 2_000, 'lock.js': 3_000,
  'worker.js': 25_000, 'slot.js': 2_000, 'style.css': 9_000,
  'assets/kinds-1.json': 2_000, 'assets/fi-1.json': 10_000, 'assets/sv-1.json': 11_000,
  'assets/fi-rest-1.json': 9_000, 'assets/sv-rest-1.json': 8_000,
}; // prettier-ignore
const weighed = (more: Record<string, number> = {}) =>
  weigh(
    build,
    ['worker.js'],
    ['slot.js'],
    ['style.css'],
    Object.keys(bytes).filter((file) => file.endsWith('.json')),
    (file) => ({ ...bytes, ...more })[file] ?? 0,
  );

test('before the first screen: the entry, what comes with it, the longest language, the first fetch and the workers', () => {
  expect([...weighed().first.keys()].sort()).toEqual([
    'fetch.js',
    'fi.js',
    'index.js',
    'svelte.js',
    'worker.js',
  ]);
});

test('a lazy screen weighs what it adds', () => {
  expect(weighed().screens.get('log.js')).toBe(35_000);
});

test('what a worker imports late is held to the budget of a screen', () => {
  expect(weighed().screens.get('slot.js')).toBe(2_000);
  expect(excesses(weighed({ 'slot.js': 40_001 }))).toEqual(['slot.js: 40.0 kB, 40.0 kB at most']);
});

test('the data of the kinds and of one language, the heaviest', () => {
  expect(weighed().data).toBe(13_000);
  expect(weighed().rest).toBe(9_000);
  expect(excesses(weighed({ 'assets/fi-1.json': 23_001 }))).toHaveLength(1);
  expect(excesses(weighed({ 'assets/sv-rest-1.json': 25_001 }))).toHaveLength(1);
});

test('each budget is kept at the limit, and told one byte above it', () => {
  expect(excesses(weighed({ 'worker.js': 35_000, 'style.css': 15_000, 'log.js': 25_000 }))).toEqual(
    [],
  );
  expect(excesses(weighed({ 'worker.js': 35_001 }))).toHaveLength(1);
  expect(excesses(weighed({ 'style.css': 15_001 }))).toHaveLength(1);
  expect(excesses(weighed({ 'log.js': 25_001 }))).toHaveLength(1);
});
