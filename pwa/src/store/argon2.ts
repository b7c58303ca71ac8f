/** Argon2id in WebAssembly, fetched as the file that it is: as text inside a script it weighs twice as much. */

import simd from 'argon2id/dist/simd.wasm?init';
import load from 'argon2id/lib/setup.js';
import type { Bytes } from '../model/keys.ts';

interface Costs {
  memoryKib: number;
  passes: number;
}

/** `length` bytes from a password (RFC 9106, one lane). Its 64 MiB are given back when it is done. */
export async function argon2id(
  password: Bytes,
  salt: Bytes,
  { memoryKib, passes }: Costs,
  length: number,
): Promise<Bytes> {
  const derive = await load(started, started);
  const costs = { memorySize: memoryKib, passes, parallelism: 1, tagLength: length };
  return Uint8Array.from(derive({ password, salt, ...costs }));
}

/**
 * Every browser that reads our scripts (ES2022) has SIMD: there is no second program without it. What the library takes of
 * a loaded module is its instance, and nothing else.
 */
async function started(imports: WebAssembly.Imports) {
  return { instance: await simd(imports) } as WebAssembly.WebAssemblyInstantiatedSource;
}
