import type { Words } from '../fi/index.ts';

/** Ways to open the store besides the password. */
export const lock: Words['lock'] = {
  passkeyHint: 'With your fingerprint or face. No connection is needed.',
  passkeyDeclined:
    'Recognition was cancelled or did not succeed. Try again, or open with your password.',
  passkeyUnsupported:
    'The device cannot open with fingerprint or face right now. Open with your password.',
  passkeyOther:
    'The device’s recognition has changed and no longer opens Ovikello. Open with your password and turn recognition on again in the settings.',
  forgot: 'Forgotten your password?',
  forgotWhat:
    'Ask your supervisor for a new password and sign in with it when there is a connection. What was sent is safe on the server. Unsent entries open only with the old password, or with fingerprint or face if you have turned them on.',
  forgotSignIn: 'Sign in with the new password',
};
