/**
 * What a phone must fetch before the unlocked Tänään is painted, weighed as it travels (brotli). Above a budget the build
 * fails: a size that is only looked at grows.
 */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

export interface Budgets {
  /** scripts before the unlocked Tänään, workers, service worker and WebAssembly included */
  first_bytes: number;
  css_bytes: number;
  /** what one lazy screen adds */
  screen_bytes: number;
  /** of the kinds, and of one language's labels, what Tänään and rows need */
  data_bytes: number;
  /** and what forms and pages ask for, fetched while nobody waits */
  rest_bytes: number;
}

/** What a phone of our people shall be asked for, and no more: a byte above it fails the build. */
export const budgets: Budgets = {
  first_bytes: 70_000,
  css_bytes: 15_000,
  screen_bytes: 40_000,
  data_bytes: 25_000,
  rest_bytes: 25_000,
};

/** A script of the build, as far as its weight goes. */
export interface Script {
  file: string;
  isEntry: boolean;
  /** files that come with it */
  imports: string[];
  dynamicImports: string[];
  /** the module that a dynamic import named */
  module: string | null;
}

export interface Weighed {
  first: Map<string, number>;
  css: Map<string, number>;
  screens: Map<string, number>;
  /** fetched as data: what all languages share, and the heaviest of what is one language's */
  data: number;
  /** the same of what comes later */
  rest: number;
}

/** The words come by dynamic import, before anything is painted: a phone fetches one language. */
const isWords = (script: Script) => /\/src\/words\/\w+\/index\.ts$/.test(script.module ?? '');

/**
 * Between a first sign-in and Tänään stands how far the fetch is. The lock is not on that way: it is fetched later, and
 * lies on the device before it is first seen.
 */
const isOnTheWay = (script: Script) =>
  /\/src\/features\/first-sync\/FirstSync\.svelte$/.test(script.module ?? '');

/**
 * `others`: scripts that no script imports, which are the workers, and WebAssembly. `late`: what a worker imports when it
 * needs it, as the passkey's slot; weighed as a screen is. `bytesOf` is asked for packed bytes.
 */
export function weigh(
  scripts: Script[],
  others: string[],
  late: string[],
  styles: string[],
  data: string[],
  bytesOf: (file: string) => number,
): Weighed {
  const byFile = new Map(scripts.map((script) => [script.file, script]));
  const bytes = (files: Iterable<string>) =>
    new Map([...files].map((file) => [file, bytesOf(file)]));
  const languages = scripts.filter(isWords).sort((a, b) => bytesOf(b.file) - bytesOf(a.file));
  const entries = scripts.filter((script) => script.isEntry);
  const onTheWay = scripts.filter(isOnTheWay);
  const first = closure([...entries, ...languages.slice(0, 1), ...onTheWay], byFile);
  const lazy = scripts.filter(
    (script) => script.module !== null && !isWords(script) && !first.has(script.file),
  );
  const screens = lazy.map((script): [string, number] => {
    const own = [...closure([script], byFile)].filter((file) => !first.has(file));
    return [script.file, sum(bytes(own))];
  });
  return {
    first: bytes([...first, ...others]),
    css: bytes(styles),
    screens: new Map([...screens, ...bytes(late)]),
    data: dataBytes(
      data.filter((file) => !isRest(file)),
      bytesOf,
    ),
    rest: dataBytes(data.filter(isRest), bytesOf),
  };
}

const isRest = (file: string) => /-rest-/.test(file);

function dataBytes(files: string[], bytesOf: (file: string) => number): number {
  const isShared = (file: string) => /(?:^|\/)kinds-/.test(file);
  const languages = files.filter((file) => !isShared(file)).map(bytesOf);
  const shared = files.filter(isShared).map(bytesOf);
  return shared.reduce((total, bytes) => total + bytes, 0) + Math.max(0, ...languages);
}

function closure(from: Script[], byFile: Map<string, Script>): Set<string> {
  const files = new Set<string>();
  const wanted = from.map((script) => script.file);
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    wanted.push(...(byFile.get(file)?.imports ?? []));
  }
  return files;
}

/** A sentence for each budget that is exceeded. */
export function excesses({ first, css, screens, data, rest }: Weighed, limits = budgets): string[] {
  const told: string[] = [];
  const compare = (what: string, bytes: number, bytesMax: number) => {
    if (bytes > bytesMax) told.push(`${what}: ${kb(bytes)}, ${kb(bytesMax)} at most`);
  };
  compare('scripts before the first screen', sum(first), limits.first_bytes);
  compare('style sheets', sum(css), limits.css_bytes);
  compare('kinds and labels of one language', data, limits.data_bytes);
  compare('kinds and labels of one language for forms', rest, limits.rest_bytes);
  for (const [file, bytes] of screens) compare(file, bytes, limits.screen_bytes);
  return told;
}

export function report({ first, css, screens, data, rest }: Weighed): string {
  const heaviest = [...screens].sort((a, b) => b[1] - a[1])[0];
  const rows = [
    `first screen ${kb(sum(first))} (of ${kb(budgets.first_bytes)}), style sheets ${kb(sum(css))} (${kb(budgets.css_bytes)}), data ${kb(data)} (${kb(budgets.data_bytes)}), for forms ${kb(rest)} (${kb(budgets.rest_bytes)})`,
    ...[...first]
      .sort((a, b) => b[1] - a[1])
      .map(([file, bytes]) => `  ${kb(bytes).padStart(8)}  ${file}`),
  ];
  if (heaviest) rows.push(`heaviest lazy screen ${heaviest[0]}: ${kb(heaviest[1])}`);
  return rows.join('\n');
}

/** Weighs the build once all of it is written, the service worker too. Stands last among the plugins. */
export function sizeBudget(): Plugin {
  let outDir = '';
  let scripts: Script[] = [];
  return {
    name: 'ovikello:size-budget',
    apply: 'build',
    configResolved({ root, build }) {
      outDir = resolve(root, build.outDir);
    },
    generateBundle(_options, bundle) {
      scripts = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk'
          ? [
              {
                file: output.fileName,
                isEntry: output.isEntry,
                imports: output.imports,
                dynamicImports: output.dynamicImports,
                module: output.isDynamicEntry ? output.facadeModuleId : null,
              },
            ]
          : [],
      );
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' });
        const known = new Set(scripts.map((script) => script.file));
        const unknown = files.filter((file) => file.endsWith('.js') && !known.has(file));
        const programs = files.filter((file) => file.endsWith('.wasm'));
        const texts = unknown.map((file) => readFileSync(`${outDir}/${file}`, 'utf8'));
        const isLate = (file: string) => texts.some((text) => isImportedLate(file, text));
        const late = unknown.filter(isLate);
        const others = unknown.filter((file) => !isLate(file));
        const styles = files.filter((file) => file.endsWith('.css'));
        const data = files.filter((file) => /^assets\/.*\.json$/.test(file));
        const weighed = weigh(scripts, [...others, ...programs], late, styles, data, (file) =>
          packed(`${outDir}/${file}`),
        );
        this.info(report(weighed));
        const told = excesses(weighed);
        if (told.length > 0) this.error(`too heavy for a phone\n${told.join('\n')}`);
      },
    },
  };
}

/** What a worker imports only when it needs it. */
function isImportedLate(file: string, text: string): boolean {
  const name = file.split('/').at(-1) ?? file;
  return ['`', '"', "'"].some((quote) => text.includes(`import(${quote}./${name}${quote})`));
}

/** An entry that only imports is not written: index.html names what it imports. */
function packed(path: string): number {
  if (!existsSync(path)) return 0;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFileSync(path), { params }).length;
}

function sum(sizes: Map<string, number>): number {
  return [...sizes.values()].reduce((total, bytes) => total + bytes, 0);
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
