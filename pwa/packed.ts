/** A .br and a .gz beside every text that is served: packed once here, not at each request. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:js|css|html|json|svg|webmanifest)$/;
/** Below this the header of the encoding costs as much as it saves. */
const BYTES_MIN = 500;

export function packed(folder: string): Plugin {
  return {
    name: 'ovikello-packed',
    enforce: 'post',
    apply: 'build',
    closeBundle: {
      // After the service worker has been written.
      sequential: true,
      order: 'post',
      handler() {
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (TEXT.test(name)) pack(`${folder}/${name}`);
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
