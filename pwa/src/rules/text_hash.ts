/** SHA-256 of one short text after another. Comparing digests asks for hundreds of thousands (D3). */

import { _SHA256 } from '@noble/hashes/sha2.js';

/** Eight words of 32 bits: a hash, as the compression leaves it. */
export type Words = readonly number[];

const BLOCK_BYTES = 64;
/** A one bit behind the text, and its length in bits in the last eight bytes. */
const PADDING_MIN_BYTES = 9;
const UTF8_BYTES_MAX = 3;
const encoder = new TextEncoder();

/** The library's compression over a buffer that stays: an object, a buffer and three views for each text cost more than it. */
export class TextHash extends _SHA256 {
  readonly #start = this.get();
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);

  of(text: string): Words {
    this.#makeRoom(text.length * UTF8_BYTES_MAX + PADDING_MIN_BYTES + BLOCK_BYTES);
    const { written } = encoder.encodeInto(text, this.#bytes);
    const end = Math.ceil((written + PADDING_MIN_BYTES) / BLOCK_BYTES) * BLOCK_BYTES;
    this.#bytes[written] = 0x80;
    this.#bytes.fill(0, written + 1, end);
    // No text here has the 512 MiB from which the upper four bytes count.
    this.#view.setUint32(end - 4, written * 8);
    this.set(...this.#start);
    for (let at = 0; at < end; at += BLOCK_BYTES) this.process(this.#view, at);
    return this.get();
  }

  #makeRoom(bytes: number): void {
    if (this.#bytes.length >= bytes) return;
    this.#bytes = new Uint8Array(bytes);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

/** Lower-case hex, 64 characters. */
export function hexOf(words: Words): string {
  let hex = '';
  for (const word of words) hex += (word >>> 0).toString(16).padStart(8, '0');
  return hex;
}

/** Two hashes in hex, XORed: of two sets of records that have none in common, the digest of both. */
export function together(one: string, other: string): string {
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(16).padStart(64, '0');
}
