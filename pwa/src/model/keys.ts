/** Key material as it passes between page, worker and store. */

export type Bytes = Uint8Array<ArrayBuffer>;

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** What an authenticator is asked with: which credential, and the salt of its PRF. */
export interface Passkey {
  credential: Bytes;
  salt: Bytes;
}
