/** Seals an answer to the server's key (Y2): nobody here can read it again. Opened by `server/survey/sealing.py`. */

import { base64url } from './vault.ts';

/** every answer is as long as every other */
const SEALED_BYTES = 2600;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const PURPOSE = 'ovikello survey';

/** `key`: base64url of an uncompressed point on P-256; `content`: JSON. Returns base64url. */
export async function sealAnswer(key: string, content: string): Promise<string> {
  const theirs = bytesOf(key);
  const own = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const publicKey = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  const agreed = { name: 'ECDH', public: publicKey };
  const shared = await crypto.subtle.deriveBits(agreed, own.privateKey, 256);
  const aes = await crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: joined(point, theirs),
      info: new TextEncoder().encode(PURPOSE),
    },
    await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  // The key is used this once.
  const nonce = { name: 'AES-GCM', iv: new Uint8Array(12) };
  const sealed = await crypto.subtle.encrypt(nonce, aes, padded(content));
  return base64url(joined(point, new Uint8Array(sealed)));
}

function padded(text: string): Uint8Array<ArrayBuffer> {
  const written = new TextEncoder().encode(text);
  if (written.length > SEALED_BYTES) throw new Error('an answer is longer than all are padded to');
  const whole = new Uint8Array(SEALED_BYTES).fill(0x20);
  whole.set(written);
  return whole;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  );
}
