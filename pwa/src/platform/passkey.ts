/**
 * The phone's fingerprint or face (V9): WebAuthn with its PRF extension, which only a page may ask. Fetched when somebody
 * wants it. No server takes part: what counts is the answer, 32 bytes that only this authenticator can give.
 */

import { randomBytes, type Bytes, type Passkey } from '../model/keys.ts';

/** `declined`: cancelled, timed out, or the passkey is gone; a browser does not tell which. */
export type Failure = 'unsupported' | 'declined';

interface PasskeyAnswer {
  passkey: Passkey;
  answer: Bytes;
}

/** A browser without an authenticator may never answer at all. */
const WAIT_MAX_MS = 60_000;
const SALT_BYTES = 32;
const ANSWER_BYTES = 32;
/** ES256 and RS256: every authenticator has one of them */
const ALGORITHMS = [-7, -257];

/** This browser can ask for a finger or a face, and the device has something to ask with. */
export async function isOffered(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/** Makes a passkey for a profile. `label` is its pseudonym: the phone's own list of passkeys shows it. */
export async function make(profile: string, label: string): Promise<PasskeyAnswer | Failure> {
  const salt = randomBytes(SALT_BYTES);
  const made = await asked((signal) =>
    navigator.credentials.create({
      signal,
      publicKey: {
        challenge: randomBytes(32),
        rp: { name: 'Ovikello' },
        // The same at every turning on: a newer passkey takes the place of the older one.
        user: { id: new TextEncoder().encode(profile), name: label, displayName: label },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'preferred',
          userVerification: 'required',
        },
        timeout: WAIT_MAX_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  if (typeof made === 'string') return made;
  const passkey = { credential: new Uint8Array(made.rawId), salt };
  const answer = answerOf(made);
  if (answer) return { passkey, answer };
  // Some authenticators make the secret first and answer only when asked again.
  const later = made.getClientExtensionResults().prf?.enabled ? await ask(passkey) : 'unsupported';
  if (typeof later === 'string') forget(passkey);
  return later;
}

/** Asks the authenticator; `given` ends it early. */
export async function ask(passkey: Passkey, given?: AbortSignal): Promise<PasskeyAnswer | Failure> {
  const got = await asked(
    (signal) =>
      navigator.credentials.get({
        signal,
        publicKey: {
          challenge: randomBytes(32),
          allowCredentials: [
            { type: 'public-key', id: passkey.credential, transports: ['internal'] },
          ],
          userVerification: 'required',
          timeout: WAIT_MAX_MS,
          extensions: { prf: { eval: { first: passkey.salt } } },
        },
      }),
    given,
  );
  if (typeof got === 'string') return got;
  const answer = answerOf(got);
  return answer ? { passkey, answer } : 'unsupported';
}

/** The phone's list of passkeys may drop it; nothing depends on that. */
export function forget({ credential }: Passkey): void {
  const signals = PublicKeyCredential as unknown as {
    signalUnknownCredential?: (of: { rpId: string; credentialId: string }) => Promise<void>;
  };
  const credentialId = btoa(String.fromCharCode(...credential))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  void signals
    .signalUnknownCredential?.({ rpId: location.hostname, credentialId })
    .catch(() => undefined);
}

async function asked(
  asking: (signal: AbortSignal) => Promise<Credential | null>,
  given?: AbortSignal,
): Promise<PublicKeyCredential | Failure> {
  const waited = AbortSignal.timeout(WAIT_MAX_MS);
  try {
    const credential = await asking(given ? AbortSignal.any([given, waited]) : waited);
    return credential ? (credential as PublicKeyCredential) : 'declined';
  } catch (error) {
    const isMissing = error instanceof DOMException && error.name === 'NotSupportedError';
    return isMissing || error instanceof TypeError ? 'unsupported' : 'declined';
  }
}

function answerOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first as
    ArrayBuffer | undefined;
  return first?.byteLength === ANSWER_BYTES ? new Uint8Array(first) : null;
}
