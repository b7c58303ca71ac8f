import type { Words } from '../fi/index.ts';

/** Ways to open the store besides the password. */
export const lock: Words['lock'] = {
  passkeyHint: 'Med fingeravtryck eller ansikte. Nät behövs inte.',
  passkeyDeclined:
    'Igenkänningen avbröts eller lyckades inte. Försök igen eller öppna med lösenordet.',
  passkeyUnsupported:
    'Enheten kan inte öppna med fingeravtryck eller ansikte just nu. Öppna med lösenordet.',
  passkeyOther:
    'Enhetens igenkänning har ändrats och öppnar inte längre Ovikello. Öppna med lösenordet och ta igenkänningen i bruk på nytt i inställningarna.',
  forgot: 'Har du glömt lösenordet?',
  forgotWhat:
    'Be din chef om ett nytt lösenord och logga in med det när nätet fungerar. Det som har skickats finns kvar på servern. Det som inte har skickats öppnas bara med det gamla lösenordet, eller med fingeravtryck eller ansikte om du har tagit dem i bruk.',
  forgotSignIn: 'Logga in med det nya lösenordet',
};
