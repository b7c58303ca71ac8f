import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { ownLookup } from './own_lookup.js';
import svelteConfig from './svelte.config.js';

export default typescript.config(
  { ignores: ['node_modules/', 'src/model/api-types.d.ts'] },
  js.configs.recommended,
  ...typescript.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, __VERSION__: 'readonly' },
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', '*.ts'],
        },
        // The same for every file: where it differs, the types of the whole project are read anew.
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      // `count` in a template is as readable as `String(count)`.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An index that was just tested reads better than a second copy of the value.
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        parser: typescript.parser,
        svelteConfig,
      },
    },
  },
  {
    // Merging must give the same answer on every phone: no clock, no chance, nothing from outside.
    files: ['src/rules/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'fetch',
        'indexedDB',
        'localStorage',
        'window',
        'document',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
        { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/rules/own.ts', '**/*.test.ts', '**/*.fixture.ts'],
    plugins: { ovikello: { rules: { 'own-lookup': ownLookup } } },
    rules: { 'ovikello/own-lookup': 'error' },
  },
  {
    files: ['service-worker.js'],
    languageOptions: { globals: globals.serviceworker },
  },
  {
    files: ['**/*.js'],
    ...typescript.configs.disableTypeChecked,
  },
);
