/**
 * Answers of clients, sealed while the store is locked: of the survey to the server's key, which nobody here can read again (Y2;
 * opened by `server/survey/sealing.py`), of what they give by hand to a key of the store's own, which its person opens (Y7).
 */

import type { Bytes } from '../model/keys.ts';
import { base64url, Tampered } from './vault.ts';

/** every answer of the survey is as long as every other; what is given by hand is told apart by no more than this */
const SEALED_BYTES = 2600;
const POINT_BYTES = 65;
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const PURPOSE = 'ovikello survey';
/** each key is used once */
const ONCE = { name: 'AES-GCM', iv: new Uint8Array(12) };

/** A key to seal to: `open` is base64url of an uncompressed point on P-256, `key` its private half. */
export interface AnswerKey {
  open: string;
  key: JsonWebKey;
}

export async function newAnswerKey(): Promise<AnswerKey> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  return {
    open: base64url(await pointOf(pair.publicKey)),
    key: await crypto.subtle.exportKey('jwk', pair.privateKey),
  };
}

/** `key`: the open half; `content`: JSON. Returns base64url. */
export async function sealAnswer(key: string, content: string): Promise<string> {
  const theirs = bytesOf(key);
  const own = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const point = await pointOf(own.publicKey);
  const aes = await agreed(own.privateKey, theirs, joined(point, theirs));
  const sealed = await crypto.subtle.encrypt(ONCE, aes, padded(content));
  return base64url(joined(point, new Uint8Array(sealed)));
}

/** The JSON that was sealed to this key. Throws `Tampered`. */
export async function openAnswer({ open, key }: AnswerKey, sealed: string): Promise<string> {
  try {
    const whole = bytesOf(sealed);
    const point = whole.slice(0, POINT_BYTES);
    const own = await crypto.subtle.importKey('jwk', key, CURVE, false, ['deriveBits']);
    const aes = await agreed(own, point, joined(point, bytesOf(open)));
    const plain = await crypto.subtle.decrypt(ONCE, aes, whole.slice(POINT_BYTES));
    return new TextDecoder().decode(plain);
  } catch {
    throw new Tampered('answer');
  }
}

async function agreed(own: CryptoKey, theirs: Bytes, salt: Bytes): Promise<CryptoKey> {
  const publicKey = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, own, 256);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(PURPOSE) },
    await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function pointOf(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

function padded(text: string): Bytes {
  const written = new TextEncoder().encode(text);
  const blocks = Math.max(1, Math.ceil(written.length / SEALED_BYTES));
  const whole = new Uint8Array(blocks * SEALED_BYTES).fill(0x20);
  whole.set(written);
  return whole;
}

function joined(one: Bytes, other: Bytes): Bytes {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

function bytesOf(text: string): Bytes {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  );
}
