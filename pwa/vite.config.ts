import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { serverData } from './data.ts';
import { appIcons, iconEntries } from './icons.ts';
import { packed } from './packed.ts';
import { sizeBudget } from './size.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const pyproject = readFileSync(`${repository}/pyproject.toml`, 'utf8');
const version = /^version = "(.+)"$/m.exec(pyproject)?.[1] ?? '0';

const outDir = fileURLToPath(new URL('../server/static', import.meta.url));

function integrityOf(file: string): string {
  const hash = createHash('sha256').update(readFileSync(`${outDir}/${file}`));
  return `sha256-${hash.digest('base64')}`;
}

/** A lazy screen is imported, and that is all: Vite's helper for style sheets of its own has nothing to do here. */
function plainImports(): Plugin {
  return {
    name: 'ovikello-plain-imports',
    enforce: 'pre',
    apply: 'build',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}

const spruce = '#1f4d3f';

/**
 * Small modules of several screens too: each file more is named before Tänään. Not what stands on the way to it, the bar of the
 * first fetch, nor what few screens share: the office's, the goal's, entries that differ.
 */
const SHARED =
  /\/src\/(?:components|forms|case|domain|kinds)\/(?!Progress|CodeField|DrawnSignature|own_hand|board|conflicts|goal_form|likeness|periods|client_filters|contract|hours_in_month|list_keys|namesakes|network|home_wait|series|clashes|visit_item|visits_in|listed|told|stand_ins|absences|team_day|own_entries|practice|week\.ts)|\/features\/(?:case\/(?!Clash|Service)|kind\/EntryRow)|\/words\/(?:readable|faults|money)|\/(?:intake\/rank|goal\/moves|kind\/references|app\/(?:api_file|team_number)|platform\/keep_file)\.ts/;

/** What planning, moving and logging a visit share, and no form of another kind needs. */
const VISIT =
  /\/features\/(?:visit\/(?:TimesFields|keeping_length)|case\/(?:Clash|Service)Notice)|\/src\/(?:case\/(?:clashes|visit_item|visits_in|told|stand_ins)|domain\/(?:listed|week|absences|team_day)\.ts)/;

/** What of a client stands out, and the hours that are agreed. */
const CLIENT = /\/src\/(?:case\/hours_in_month|domain\/contract|rules\/contracted_hours)\.ts/;

/**
 * Each name is told three times before the first screen, so it is short: 42 bits tell files and their releases apart as well as
 * 48 do.
 */
const scriptName = ({ name }: { name: string }) => `assets/${name.slice(0, 2)}-[hash:7].js`;
const fileNames = {
  entryFileNames: scriptName,
  chunkFileNames: scriptName,
  assetFileNames: 'assets/[name]-[hash:7][extname]',
};

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The content policy allows no data: scripts or styles, and small files are precached anyway.
    assetsInlineLimit: 0,
    // One style sheet, 8 kB packed, and scripts that are all fetched once Tänään is painted: a list of what each screen
    // needs would weigh more before it than it could save after it.
    cssCodeSplit: false,
    modulePreload: { polyfill: false, resolveDependencies: () => [] },
    rolldownOptions: {
      treeshake: {
        // Svelte's base of custom elements, of which there is none here: defining it counts as an effect.
        moduleSideEffects: [{ test: /svelte\/src\/.*\/custom-element\.js$/, sideEffects: false }],
      },
      output: {
        ...fileNames,
        codeSplitting: {
          groups: [
            // What is there before anything is painted comes as one script, not as twenty small ones.
            { name: 'first', tags: ['$initial'], priority: 2 },
            // What several screens are made of likewise: each file more is named before the first screen.
            { name: 'shared', test: SHARED, minShareCount: 2, priority: 1 },
            { name: 'visit', test: VISIT, minShareCount: 2 },
            // What of a client stands out, and the hours agreed: of lists, the board and a client's page.
            { name: 'client', test: CLIENT, minShareCount: 2 },
            // The password that is asked for again, whatever it is for.
            { name: 'confirm', test: /\/features\/confirm\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [serverData()],
    rolldownOptions: {
      output: {
        ...fileNames,
        codeSplitting: {
          groups: [
            { name: 'engine', tags: ['$initial'], priority: 1 },
            // What the engine needs now and then, as one file: each more is named before the first screen.
            { name: 'late', test: /\/src\/(?:engine|store|sync|kinds|domain|rules)\// },
          ],
        },
      },
    },
  },
  server: {
    // The problem and service catalogues are the server's; both sides read the same files.
    fs: { allow: ['.', '../server', '../tests/vectors'] },
    proxy: { '/api': 'http://localhost:8000' },
  },
  plugins: [
    svelte(),
    plainImports(),
    serverData(),
    appIcons(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.js',
      injectRegister: false,
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['index.html', '**/*.{js,css,svg,json,wasm}'],
        maximumFileSizeToCacheInBytes: 2 ** 20,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({
              ...entry,
              // The shell has one address only: /index.html would lead there by a redirect.
              ...(entry.url === 'index.html' && { url: '/', integrity: integrityOf(entry.url) }),
            })),
          }),
        ],
      },
      manifest: {
        id: '/',
        name: 'Ovikello',
        short_name: 'Ovikello',
        description: 'Kotikäyntien kirjaus, myös ilman verkkoa',
        lang: 'fi',
        dir: 'ltr',
        scope: '/',
        start_url: '/',
        display: 'standalone',
        theme_color: spruce,
        background_color: spruce,
        icons: iconEntries,
        shortcuts: [
          { name: 'Kirjaa', url: '/?log', icons: iconEntries.slice(0, 1) },
          { name: 'Tänään', url: '/', icons: iconEntries.slice(0, 1) },
          { name: 'Olen turvassa', url: '/check-in', icons: iconEntries.slice(0, 1) },
        ],
      },
    }),
    packed(),
    sizeBudget(),
  ],
  test: {
    include: ['src/**/*.test.ts', '*.test.ts'],
    environment: 'node',
    setupFiles: ['src/kinds/declared.fixture.ts'],
    restoreMocks: true,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
  },
});
