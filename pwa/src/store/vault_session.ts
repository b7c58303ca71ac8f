/**
 * [J2, J4] The key of a session, made at sign-in. Its private half lies in the sealed store and nowhere else: only who has
 * opened the store renews the session, or ends it.
 */

import { base64url } from './vault.ts';

/** Sealed beside the header's value. `n` is the number of the last refresh that was signed. */
export interface SessionKey {
  session: string;
  key: JsonWebKey;
  n: number;
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };

/** `open` goes to the server, `key` into the sealed store. */
export async function newKey(): Promise<{ open: string; key: JsonWebKey }> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign']);
  const point = await crypto.subtle.exportKey('raw', pair.publicKey);
  return {
    open: base64url(new Uint8Array(point)),
    key: await crypto.subtle.exportKey('jwk', pair.privateKey),
  };
}

export function signedRefresh({ session, key }: SessionKey, n: number): Promise<string> {
  return signed(key, `ovikello refresh\n${session}\n${n}`);
}

export function signedEnd({ session, key }: SessionKey): Promise<string> {
  return signed(key, `ovikello end\n${session}`);
}

async function signed(key: JsonWebKey, statement: string): Promise<string> {
  const signing = await crypto.subtle.importKey('jwk', key, CURVE, false, ['sign']);
  const bytes = new TextEncoder().encode(statement);
  return base64url(new Uint8Array(await crypto.subtle.sign(SIGNING, signing, bytes)));
}
