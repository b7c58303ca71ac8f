import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const secondFactor: Words['secondFactor'] = {
  title: 'Two-step sign-in',
  what: 'When you sign in, Ovikello asks for your password and a six-digit code from the authenticator app on your phone. A locked Ovikello opens without a code, also without a connection.',
  on: (day) => `On since ${day}`,
  isOn: 'On',
  left: (n) => plural(n, { one: '1 recovery code left', other: `${n} recovery codes left` }),
  waived:
    'In this demo an administrator too signs in with the password alone. In real use administrators need the code.',
  turnOn: 'Turn the code on',
  newApp: 'Change the app',
  newCodes: 'Make new recovery codes',
  turnOff: 'Turn off',
  turnedOn: 'Two-step sign-in is on',
  turnedOff: 'Two-step sign-in is off',
  needsNetwork: 'Two-step sign-in is shown here when the connection is back.',
  changeNeedsNetwork: 'You need a connection for this. Nothing was changed.',

  neededTitle: 'Set up two-step sign-in',
  neededWhy:
    'An administrator can let people in and shut them out, so a password alone is not enough. You can go on once the code is set up.',
  goToSettings: 'Open settings',

  stepApp: 'Open the authenticator app on your phone and add an account.',
  stepAppHint:
    'Any authenticator app will do (TOTP). Ask your organisation’s IT support if you need help.',
  stepScan: 'Scan the picture with the app, or type the key.',
  picture: 'A picture for the authenticator app to scan. The same key stands below as text.',
  openApp: 'Open in the app on this device',
  secret: 'Key',
  copySecret: 'Copy the key',
  stepCode: 'Enter the code that the app shows.',
  confirm: 'Confirm',
  starting: 'Getting ready…',

  code: 'Verification code',
  codeHint: 'Six digits',
  codeMissing: 'Enter the verification code',
  recoveryCode: 'Recovery code',
  recoveryCodeHint: '16 characters. Each recovery code works once.',
  askTitle: 'Enter the verification code',
  askWhy: 'The code is in the authenticator app on your phone.',
  useRecovery: 'App not at hand? Use a recovery code',
  useApp: 'Use the app’s code',
  lost: 'If you have neither the app nor a recovery code, ask an administrator to reset two-step sign-in.',
  wrong: 'The code does not match, or it has been used already. Wait for the next one.',

  codesTitle: 'Save the recovery codes',
  codesWhy:
    'They let you in if you lose your phone. Each code works once. The codes are shown only now: keep them somewhere other than the phone.',
  copyCodes: 'Copy the codes',
  kept: 'I have saved the codes',

  reset: 'Reset two-step sign-in',
  resetTitle: 'Reset two-step sign-in?',
  resetWhat:
    'Do this only once the person has confirmed to you that the phone and the recovery codes are gone. They are signed out on all devices, and the next sign-in needs the password alone. Unsent entries stay on their device.',
  resetDone: 'Two-step sign-in has been reset',
  notOn: 'Off',
};
