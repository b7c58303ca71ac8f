import type { Words } from '../fi/index.ts';

/** Signing in by an organisation's own provider. */
export const provider: Words['provider'] = {
  signIn: (label: string) => `Logga in: ${label}`,
  beginAgain: 'Börja om',
  goOn: 'Fortsätt',
  deviceTitle: 'Välj enhetens lösenord',
  deviceWhy:
    'Din organisation har identifierat dig. Välj ännu ett lösenord som krypterar uppgifterna på den här enheten. Med det öppnar du Ovikello också utan nät.',
  devicePassword: 'Enhetens lösenord',
  deviceForgotten:
    'Lösenordet stannar på den här enheten och ingen kan återställa det. Om du glömmer det får du tillbaka de skickade anteckningarna genom att logga in på nytt, men inte de oskickade.',
  openStore: 'Identifieringen lyckades. Öppna ännu Ovikello på den här enheten.',
  confirmed: 'Bekräftat. Du kan fortsätta där du var.',
  confirmTitle: 'Bekräfta att det är du',
  confirmWhy:
    'Identifiera dig på nytt i din organisations tjänst. Den öppnas i en ny flik. Kom sedan tillbaka hit och fortsätt.',
  again: (label: string) => `Identifiera dig: ${label}`,
  byPassword: 'Bekräfta med Ovikello-lösenordet',
  changeDevice: 'Byt enhetens lösenord',
  changed: 'Enhetens lösenord är bytt',
  forgot:
    'Enhetens lösenord kan inte återställas, och utan det öppnas inte uppgifterna på den här enheten. Du kan ta bort dem och välja ett nytt lösenord. Det som har skickats kommer tillbaka från servern, det som inte har skickats går förlorat.',
  forgotStore: 'Ta bort uppgifterna på den här enheten …',
};
