import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const settings: Words['settings'] = {
  display: 'Visning',
  language: 'Språk',
  theme: 'Tema',
  themeSystem: 'Som enheten',
  themeLight: 'Ljust',
  themeDark: 'Mörkt',
  security: 'Lås och lösenord',
  lockAfter: 'Lås när enheten inte används',
  lockMinutes: (n) => `${n} min`,
  quick: 'Öppna med fingeravtryck eller ansikte',
  quickWhat:
    'En låst Ovikello öppnas med en enda beröring, också utan nät. Lösenordet fungerar ändå alltid.',
  quickIsOn: 'I bruk',
  quickTurnOn: 'Ta i bruk',
  quickTurnOff: 'Ta ur bruk',
  quickHow:
    'Enheten känner igen dig på samma sätt som när den öppnar sitt eget lås. Ditt fingeravtryck eller ansikte lämnar inte enheten, och Ovikello ser det inte.',
  quickWho:
    'Ovikello kan då öppnas av alla vars fingeravtryck eller ansikte har sparats på den här enheten eller som känner till dess skärmlås. Om andra också använder enheten, använd bara lösenordet.',
  quickOn: 'Fingeravtryck eller ansikte öppnar nu Ovikello',
  quickOff: 'Bara lösenordet öppnar nu Ovikello',
  quickDeclined: 'Det avbröts. Inget har ändrats.',
  quickMissing:
    'Den här enheten eller webbläsaren kan inte öppna Ovikello med fingeravtryck eller ansikte. Lösenordet fungerar alltid.',
  pin: 'Öppna med PIN-kod',
  pinWhat:
    'Går snabbare att skriva än lösenordet. Efter fem fel tas PIN-koden bort, och du öppnar med lösenordet.',
  pinSet: 'Välj PIN-kod',
  pinDrop: 'Ta bort PIN-koden',
  pinNew: 'Ny PIN-kod',
  pinNewHint: (min, max) =>
    `${min}–${max} siffror. Inte ditt födelsedatum och inte enhetens eget skärmlås.`,
  pinAgain: 'PIN-koden på nytt',
  pinEasy: 'Välj en PIN-kod som andra inte provar först',
  pinDiffers: 'PIN-koderna är inte samma',
  pinOn: 'PIN-koden öppnar nu Ovikello',
  pinOff: 'PIN-koden togs bort',
  pinLost:
    'Serverns svar kom inte fram. Den gamla PIN-koden togs bort för säkerhets skull: ange en ny när nätet fungerar.',
  pinNeedsNetwork: 'Nät behövs för att välja eller ta bort PIN-koden.',
  pseudonym: (label) =>
    `På låsskärmen är ditt täcknamn ${label}, så att andra inte ser vem som använder enheten.`,
  storageAlmostFull:
    'Enhetens utrymme håller på att ta slut. Skicka anteckningarna och frigör utrymme, till exempel genom att ta bort bilder.',
  updateReady: 'Ny version finns',
  updateWhenClosed: 'Uppdateringen väntar tills den påbörjade anteckningen har sparats.',
  lockNow: 'Lås nu',
  changePassword: 'Byt lösenord',
  currentPassword: 'Nuvarande lösenord',
  newPassword: 'Nytt lösenord',
  newPasswordHint: (n) =>
    `Minst ${n} tecken. En mening eller några ord är bra; de är lätta att skriva på telefonen.`,
  newPasswordShort: (n) => `Det nya lösenordet måste ha minst ${n} tecken`,
  currentMissing: 'Skriv det nuvarande lösenordet',
  passwordChanged: 'Lösenordet har bytts',
  changeNeedsNetwork: 'För att byta lösenord behövs nät.',

  storage: 'Den här enheten',
  storageUsed: (used, percent) =>
    `Ovikello använder ${used}, ${percent} % av utrymmet som reserverats för den`,
  storageSealed: 'Alla uppgifter är krypterade på enheten.',
  storageLasting: 'Webbläsaren tar inte bort uppgifterna av sig själv.',
  storageMayGo:
    'Webbläsaren kan ta bort uppgifterna om utrymmet tar slut. Installera Ovikello på hemskärmen och skicka anteckningarna dagligen.',
  lastFetch: (when) => `Uppgifterna uppdaterade ${when}`,
  about: 'Hjälp och information',
  licence: 'Program med öppen källkod, licens EUPL 1.2',
  version: (version) => `Version ${version}`,

  devices: 'Enheter',
  devicesWhy:
    'Enheter där du har loggat in. Ta en enhet som du inte längre använder ur bruk. En förlorad kan du tömma.',
  thisDevice: 'Den här enheten',
  lastSeen: (when) => `Senast ansluten ${when}`,
  neverSeen: 'Inte ansluten ännu',
  revoke: 'Ta ur bruk',
  revokeTitle: 'Ska enheten tas ur bruk?',
  revokeWhat: (name) =>
    `${name} kommer inte längre åt servern. Uppgifterna på enheten låses vid nästa kontakt, inte genast.`,
  revoked: 'Tagen ur bruk',
  revokeFailed: 'Enheten kunde inte tas ur bruk. Försök igen.',
  wipe: 'Töm enheten',
  wipeTitle: 'Ska enheten tömmas?',
  wipeWhen:
    'Uppgifterna på en förlorad eller stulen enhet görs oläsliga nästa gång enheten har kontakt med servern. Till dess skyddas de av lösenordet.',
  wipeLoses:
    'Anteckningar på enheten som inte har skickats går förlorade. Tömningen kan inte ångras.',
  wipeWord: 'töm',
  wipeType: (word) => `Bekräfta genom att skriva ${word}`,
  wipeNotTyped: (word) => `Skriv ${word} om du vill tömma enheten`,
  wipeNeedsNetwork: 'För tömningen behövs nät. Ingenting gjordes.',
  wipeAsked: 'Enheten töms nästa gång den har kontakt',
  wipeWaits: 'Väntar: töms vid nästa kontakt',
  wiped: (when) => `Tömd ${when}`,
  devicesNeedNetwork: 'För listan över enheter behövs nät.',
  showDevices: 'Visa enheterna',

  signOut: 'Logga ut',
  signOutTitle: 'Vill du logga ut?',
  signOutClean:
    'Alla anteckningar har skickats. Klienternas uppgifter tas bort från den här enheten.',
  signOutUnsent: (n) =>
    plural(n, {
      one: '1 anteckning har inte skickats. Om du loggar ut nu går den förlorad för alltid.',
      other: `${n} anteckningar har inte skickats. Om du loggar ut nu går de förlorade för alltid.`,
    }),
  signOutSendFirst: 'Skicka först',
  signOutLose: (n) =>
    plural(n, {
      one: 'Kasta 1 anteckning och logga ut',
      other: `Kasta ${n} anteckningar och logga ut`,
    }),

  help: 'Hjälp',
  helpLine: 'Så fungerar Ovikello',
  helpPhone: 'Teamets nummer',
  helpNoPhone: 'Inget nummer har antecknats för teamet',

  accessibility: 'Tillgänglighet',
  accessibilityStatus:
    'Målet är nivå AA i WCAG 2.2 och standarden EN 301 549. Ingen utomstående bedömning har gjorts ännu, så detta är inte ett tillgänglighetsutlåtande enligt lagen.',
  accessibilityDone: 'Vad som har gjorts',
  accessibilityDoneList: [
    'Hela appen är byggd för att användas med tangentbord och skärmläsare.',
    'Texten kan göras dubbelt så stor utan att man rullar i sidled.',
    'Inget berättas bara med färg.',
    'Rörelserna minskar när enheten ber om det.',
  ],
  accessibilityMissing: 'Vad som saknas',
  accessibilityMissingList: [
    'Tester med personer som använder skärmläsare.',
    'Vyer på lättläst språk.',
    'Granskning av de svenska orden.',
  ],
  accessibilityFeedback: 'Berätta om brister för din chef eller organisationens huvudanvändare.',

  printedBy: (name, when) => `Utskriven av ${name} ${when}`,
};
