import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { appIcons, iconEntries } from './icons.ts';
import { packed } from './packed.ts';
import { sizeBudget } from './size.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const outDir = fileURLToPath(new URL('../server/static', import.meta.url));
const pyproject = readFileSync(`${repository}/pyproject.toml`, 'utf8');
const version = /^version = "(.+)"$/m.exec(pyproject)?.[1] ?? '0';

function integrityOf(file: string): string {
  return `sha256-${createHash('sha256')
    .update(readFileSync(`${outDir}/${file}`))
    .digest('base64')}`;
}

const spruce = '#1f4d3f';

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The content policy allows no data: scripts or styles, and small files are precached anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: {
    // The problem and service catalogues are the server's; both sides read the same files.
    fs: { allow: ['.', '../server', '../tests/vectors'] },
    proxy: { '/api': 'http://localhost:8000' },
  },
  plugins: [
    svelte(),
    appIcons(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.js',
      injectRegister: false,
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['index.html', '**/*.{js,css,svg,json}'],
        maximumFileSizeToCacheInBytes: 2 ** 20,
        // With its hash beside each address, neither a captive portal's page nor half a release
        // can be stored as the app: the installation fails and the old shell stays.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({
              ...entry,
              // The shell has one address only: /index.html would lead there by a redirect.
              url: entry.url === 'index.html' ? '/' : entry.url,
              integrity: integrityOf(entry.url),
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
      },
    }),
    packed(outDir),
    sizeBudget(outDir),
  ],
  test: {
    include: ['src/**/*.test.ts', '*.test.ts'],
    environment: 'node',
    restoreMocks: true,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
  },
});
