import type { Bytes } from '../model/keys.ts';

/** SHA-256 as lower-case hex: by it the server knows that a file came whole. */
export async function sha256(content: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
