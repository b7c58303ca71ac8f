import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** A store that no password opens. */
export const unreadable: Words['unreadable'] = {
  damaged: 'Uppgifterna på enheten är skadade och kan inte öppnas.',

  unreadableTitle: 'De här uppgifterna går inte längre att öppna',
  unreadable: (n) =>
    plural(n, {
      one: '1 anteckning som inte har skickats finns på enheten, men den går inte att läsa utan det gamla lösenordet.',
      other: `${n} anteckningar som inte har skickats finns på enheten, men de går inte att läsa utan det gamla lösenordet.`,
    }),
  unreadableNone:
    'Alla dina anteckningar har skickats. Inget går förlorat när uppgifterna hämtas på nytt.',
  unreadableUnknown: 'Det kan finnas anteckningar på enheten som inte har skickats.',
  unreadableWhat:
    'Om du senare minns det gamla lösenordet öppnas uppgifterna då. Om du börjar om går de anteckningar som inte har skickats förlorade för alltid.',
  startOver: 'Börja om på den här enheten',
  startOverLoses: (n) =>
    plural(n, {
      one: 'Jag förstår att 1 anteckning som inte har skickats går förlorad',
      other: `Jag förstår att ${n} anteckningar som inte har skickats går förlorade`,
    }),
  startOverUnderstood: 'Jag förstår att anteckningar som inte har skickats går förlorade',
  tryOldPassword: 'Försök med det gamla lösenordet',
};
