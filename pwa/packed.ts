/** A .br and a .gz beside every text and program that is served: packed once here, not at each request. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const PACKABLE = /\.(?:js|css|html|json|svg|wasm|webmanifest)$/;
/** Below this the header of the encoding costs as much as it saves. */
const BYTES_MIN = 500;

export function packed(): Plugin {
  let folder = '';
  return {
    name: 'ovikello-packed',
    enforce: 'post',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      // After the service worker has been written.
      sequential: true,
      order: 'post',
      handler() {
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (PACKABLE.test(name)) pack(`${folder}/${name}`);
        }
      },
    },
  };
}

function pack(path: string): void {
  const plain = readFileSync(path);
  if (plain.length < BYTES_MIN) return;
  writeFileSync(`${path}.br`, brotliCompressSync(plain));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
}
