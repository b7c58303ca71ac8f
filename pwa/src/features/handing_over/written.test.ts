import { expect, test } from 'vitest';
import { storable } from './written.ts';

test('[Y3] the words of a client are kept with no character that the server refuses', () => {
  expect(storable('Kylmä\u0000 olohuone\r\n\ud83d ja 🙂 sauna\t')).toBe(
    'Kylmä  olohuone \n  ja 🙂 sauna ',
  );
});
