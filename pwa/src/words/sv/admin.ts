import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

export const admin: Words['admin'] = {
  title: 'Administration',
  ofAll: 'Hela organisationen',
  ofTeam: 'Ditt eget team',
  needsNetwork: 'Administrationen behöver förbindelse. Ingenting ändrades.',

  confirmTitle: 'Ange ditt lösenord',
  confirmWhy:
    'Det här är en känslig åtgärd. Ditt lösenord behövs på nytt när det har gått över 10 minuter sedan du senast angav det.',
  goOn: 'Fortsätt',

  people: 'Personer',
  peopleWhat: 'Inbjudningar, lösenord, roller och överföring av klienter',
  person: 'Person',
  findPerson: 'Sök på namn, roll eller team',
  nobodyFound: 'Ingen hittades',
  clients: (n) => plural(n, { one: '1 egen klient', other: `${n} egna klienter` }),
  ended: 'Avslutad',
  endedOnes: 'Avslutade användare',
  invited: 'Engångslösenord',
  invitedUntil: (when) =>
    `Har ännu inte valt ett eget lösenord. Engångslösenordet gäller till ${when}.`,
  lastSeen: 'Senast i kontakt',
  never: 'Ännu inte i kontakt',
  mayNotChange: 'Du kan inte ändra den här användaren.',

  invite: 'Bjud in en person',
  makeInvitation: 'Skapa användare',
  displayName: 'Namn',
  displayNameHint: 'Så här ser kollegerna namnet.',
  signInName: 'Användarnamn',
  signInNameHint: 'Används vid inloggning. Det kan inte bytas senare.',
  role: 'Roll',
  team: 'Team',
  noTeam: 'Inget team',
  phone: 'Telefonnummer',
  change: 'Ändra uppgifter',
  changeAccess:
    'Byte av team eller roll ändrar genast vad personen ser. De egna klienterna stannar hos personen tills de överförs.',
  changed: 'Ändringen är sparad',
  invitedNow: (name) => `${name} kan nu logga in.`,
  ready: 'Klart',

  chooseTitle: 'Välj ett eget lösenord',
  chooseWhy:
    'Du loggade in med ett engångslösenord. Välj nu ett lösenord som bara du känner till. Engångslösenordet fungerar inte efter det.',
  oneTime: 'Engångslösenord',
  oneTimeOnce: (when) =>
    `Visas bara nu. Ge det till personen själv, som väljer ett eget lösenord vid första inloggningen. Gäller till ${when}.`,
  passwordMessage: (address, name, password) =>
    `Ovikello: ${address}\nAnvändarnamn: ${name}\nEngångslösenord: ${password}`,
  newPassword: 'Ge ett nytt engångslösenord',
  newPasswordTitle: 'Ge ett nytt engångslösenord?',
  newPasswordWhat:
    'Det gamla lösenordet slutar genast fungera, och personen loggas ut från alla enheter. Anteckningar som inte skickats finns kvar på enheten och öppnas med det gamla lösenordet.',
  reopen: 'Öppna användaren på nytt',
  reopenTitle: 'Öppna användaren på nytt?',
  reopenWhat: 'Personen får ett engångslösenord och når samma klienter som förut.',

  end: 'Avsluta användaren',
  endTitle: (name) => `Avsluta användaren ${name}?`,
  endWhat: 'Personen kommer inte längre in. Personens anteckningar och namnet vid dem finns kvar.',
  endLeaves: (n) =>
    plural(n, {
      one: '1 klient blir utan medarbetare',
      other: `${n} klienter blir utan medarbetare`,
    }),
  endLeavesNobody: 'Ingen klient blir utan medarbetare.',
  endVisits: (n) =>
    plural(n, {
      one: '1 planerat besök blir ogjort.',
      other: `${n} planerade besök blir ogjorda.`,
    }),
  endHeld: (n) =>
    plural(n, {
      one: '1 anteckning väntar på chefens beslut.',
      other: `${n} anteckningar väntar på chefens beslut.`,
    }),
  endWipe: (n) =>
    plural(n, { one: 'Töm också personens enhet', other: `Töm också personens ${n} enheter` }),
  endWipeHint:
    'Uppgifterna görs oläsliga när enheten nästa gång är i kontakt. Anteckningar som inte skickats försvinner.',
  endedNow: 'Användaren är avslutad',
  transferFirst: 'Överför klienterna först',

  caseload: 'Klienter',
  caseloadWhat: 'Välj vilka som ges till en annan medarbetare, för gott eller under ett vikariat.',
  noClients: 'Inga klienter',
  readsToo: 'Ser också',
  reasons: {
    supervision: 'Som chef',
    stand_in: 'Som vikarie',
    intake: 'Teamets remiss',
    opened: 'Har öppnat klienten',
    own_client: 'Egen klient',
    returner: 'Tidigare klientskap av en återvändande',
  },
  until: (when) => `till ${when}`,
  transferChosen: (n) =>
    plural(n, { one: 'Ge 1 klient till en annan', other: `Ge ${n} klienter till en annan` }),
  transferTitle: (n) =>
    plural(n, { one: 'Vem sköter 1 klient?', other: `Vem sköter ${n} klienter?` }),
  howLong: 'För hur länge',
  forGood: 'För gott',
  forATime: 'Under ett vikariat',
  standInWhat:
    'Vikarien ser klienterna och antecknar om dem till slutet av den valda dagen. Den egna medarbetaren byts inte, och de planerade besöken stannar hos hen.',
  lastDay: 'Vikariatets sista dag',
  dayMissing: 'Välj vikariatets sista dag',
  standInNowBegin: 'Börja vikariatet',
  standInBegun: (n) =>
    n === 0
      ? 'Vikarien ser redan de här klienterna'
      : plural(n, { one: 'Vikarien ser 1 klient', other: `Vikarien ser ${n} klienter` }),
  standInNow: (name, until) => `vikarie ${name} ${until}`,
  endStandIn: 'Avsluta',
  endStandInOf: (client) => `Avsluta vikariatet: ${client}`,
  standInEnded: () => 'Vikariatet avslutades',
  transferWhat:
    'Den nya medarbetaren blir klientens egen medarbetare och får de planerade besöken. Den tidigare ser inte längre klienten.',
  toWhom: 'Till vem',
  choose: 'Välj medarbetare',
  toMissing: 'Välj vem som får klienterna',
  transferNow: 'Överför',
  transferred: (n) => plural(n, { one: '1 klient överförd', other: `${n} klienter överförda` }),

  teams: 'Team',
  teamsWhat: 'Namn och telefonnummer',
  noTeams: 'Inga team',
  addTeam: 'Lägg till ett team',
  teamName: 'Teamets namn',
  teamPhoneHint: 'Till det här numret ringer teamet när någon behöver hjälp.',
  members: (n) => plural(n, { one: '1 person', other: `${n} personer` }),
  noNumber: 'inget telefonnummer',

  devices: 'Enheter',
  devicesWhat: 'Vem använder vad; borttappad telefon',
  lostWhat: 'Om en telefon är borttappad, välj den här.',
  noDevices: 'Ingen har loggat in ännu',
  noSession: 'Utloggad',
  lost: 'Telefonen är borttappad: töm den',
  signOut: 'Logga bara ut',
  signOutWhat: 'Utloggning tömmer inte enheten. Anteckningar som inte skickats finns kvar på den.',
  signedOut: 'Enheten loggades ut',

  log: 'Läsningar',
  logWhat: 'Vem har läst en klients uppgifter och varför',
  logOfClient: 'Vem har läst klientens uppgifter',
  clientCode: 'Klientkod',
  clientCodeHint: 'Till exempel OV-0001',
  codeMissing: 'Skriv klientkoden',
  showLog: 'Visa läsningar',
  noSuchClient: 'Ingen klient hittas med den här koden',
  nobodyRead: 'Inga läsningar',
  lookNoted: 'Också att den här listan lästs antecknas.',
  noReason: 'ingen känd rätt',
  hasRead: 'Vad personen har läst',
  dataRequest: 'Klientens egna uppgifter',
  dataRequestWhat:
    'Allt som har antecknats om klienten som en fil, för klientens egen begäran om uppgifter. Nedladdningen antecknas.',
  download: 'Ladda ner uppgifterna',
  downloaded: 'Uppgifterna har laddats ner till den här enheten',
  dataLeftOut: (kinds: string) =>
    `I filen saknas: ${kinds}. Din roll ser dem inte; be teamets chef om dem.`,
  read: {
    file_read: 'öppnade uppgifterna',
    history_read: 'läste en antecknings historia',
    attachment_read: 'såg på en bild eller ett dokument',
    visit_read: 'tog ett besök till kalendern',
    calendar_read: 'kalendern hämtade besöken',
    held_read: 'läste en anteckning som väntar på beslut',
    client_data_read: 'laddade ner klientens uppgifter',
    documents_read: 'såg listan över dokument',
    document_made: 'gjorde ett dokument i nationell form',
  },

  dataTokens: {
    title: 'Datagränssnitt',
    rowWhat: 'Nycklar som rapportprogram läser uppgifter med',
    what: 'Med en gränssnittsnyckel hämtar ett rapportprogram, till exempel Power BI, anteckningarnas koder, dagar och tal. Namn, fri text eller klienter med spärrmarkering får det inte. Nyckeln öppnar inget annat.',
    nothing: 'Inga gränssnittsnycklar',
    nothingWhy: 'När du skapar en nyckel ser du här hur länge den gäller och när den har använts.',
    living: 'Giltiga nycklar',
    over: (n: number) => `Avslutade nycklar (${n})`,
    until: (day: string) => `gäller till ${day}`,
    ended: (day: string) => `gick ut ${day}`,
    revokedOn: (day: string) => `återkallad ${day}`,
    lastUsed: (when: string) => `senast använd ${when}`,
    neverUsed: 'inte använd ännu',
    withCodes: 'med klientkoder',
    make: 'Skapa en nyckel',
    makeTitle: 'Ny gränssnittsnyckel',
    name: 'Vad används nyckeln till?',
    nameHint: 'Till exempel: Power BI, ekonomins månadsrapport',
    nameMissing: 'Skriv vad nyckeln används till',
    kinds: 'Vad läser man med den?',
    called: {
      case: 'Klienter',
      checklist: 'Checklistor',
      person: 'Medarbetare',
      team: 'Team',
    },
    kindsMissing: 'Välj vad man läser med nyckeln',
    team: 'Om vilkas klienter?',
    allTeams: 'Alla teams',
    everyTeam: 'alla team',
    codes: 'Ta med klientkoderna',
    codesHint: 'Med koden kan en klient kännas igen. Också utan den kan klienterna skiljas åt.',
    lastDay: 'Sista giltighetsdag',
    lastDayHint: 'Högst ett år från i dag',
    once: 'Gränssnittsnyckel',
    onceWhat:
      'Visas bara nu. Kopiera den direkt till rapportprogrammets inställningar. Om nyckeln hamnar i fel händer, återkalla den i listan över nycklar.',
    address: 'Adress',
    revoke: 'Återkalla',
    revokeOf: (name: string) => `Återkalla nyckeln: ${name}`,
    revokeTitle: (name: string) => `Återkalla nyckeln: ${name}?`,
    revokeWhat:
      'Rapportprogrammet får inga uppgifter längre. Nyckeln går inte att få tillbaka, men en ny kan skapas.',
    revoked: 'Nyckeln är återkallad',
  },

  retention: {
    title: 'Förvaring och radering',
    rowWhat: 'När klientens uppgifter raderas, och raderingsförbud',
    what: 'En klients uppgifter förvaras efter att servicen upphört så många år som serviceuppgiften kräver: för personer i arbetsför ålder, äldre och missbrukarvård 10 år, för barnfamiljer 30 år. Därefter måste de raderas.',
    nothing: 'Inga avslutade klientrelationer',
    nothingWhy: 'När servicen upphör ser du här hur länge klientens uppgifter förvaras.',
    closed: (day) => `Upphörde ${day}`,
    closedUnknown: 'Dagen då servicen upphörde är inte känd',
    over: (day) => `förvaringstiden gick ut ${day}`,
    until: (day) => `förvaras till ${day}`,
    records: (n) => plural(n, { one: '1 anteckning', other: `${n} anteckningar` }),
    due: (n) => `Förvaringstiden har gått ut: ${n}`,
    dueWhat: 'Välj vems uppgifter som raderas.',
    held: 'Radering förbjuden',
    undecided: 'Avgör själv: tiden kan inte räknas ut',
    kept: (n) => `Förvaras ännu: ${n}`,
    eraseChosen: (n) =>
      n === 0
        ? 'Radera de valda'
        : plural(n, { one: 'Radera 1 klient', other: `Radera ${n} klienter` }),
    eraseTitle: (n) =>
      plural(n, {
        one: 'Ska klientens uppgifter raderas?',
        other: `Ska ${n} klienters uppgifter raderas?`,
      }),
    eraseWhat: (records) =>
      `Anteckningarna (${records}), deras historik, bilder och filer raderas för gott från servern, och från medarbetarnas enheter vid nästa kontakt. Det går inte att ångra.`,
    eraseKept:
      'Kvar blir uppgiften om vem som har läst uppgifterna och vem som raderade dem. Ur gamla säkerhetskopior försvinner uppgifterna när kopiorna blir för gamla.',
    typeNumber: (n) => `Bekräfta genom att skriva antalet som raderas: ${n}`,
    erase: 'Radera för gott',
    erased: (n) =>
      plural(n, {
        one: '1 klients uppgifter raderade',
        other: `${n} klienters uppgifter raderade`,
      }),
    hold: 'Förbjud radering',
    holdWhat:
      'Uppgifterna raderas inte även om förvaringstiden går ut. Använd detta när till exempel ett klagomål, en rättegång eller en utredning pågår.',
    client: 'Klientkod',
    clientHint: 'Till exempel OV-0012',
    clientMissing: 'Skriv klientkoden',
    reason: 'Grund',
    reasonHint: 'Syns för andra administratörer. Skriv inte om klientens ärenden.',
    reasonMissing: 'Skriv grunden',
    holdNow: 'Förbjud radering',
    heldNow: 'Uppgifterna raderas inte',
    lift: 'Tillåt radering',
    liftOf: (client) => `Tillåt radering: ${client}`,
    lifted: 'Förbudet är upphävt',
  },

  faults: {
    name_too_many: 'Det finns redan 50 giltiga nycklar. Återkalla först någon av dem',
    client_unknown: 'Ingen klient har den här koden',
    name_taken: 'Namnet används redan',
    name_empty: 'Skriv ett namn',
    name_invalid: 'Namnet har ett tecken som inte kan användas',
    display_name_empty: 'Skriv namnet som kollegerna ser',
    display_name_invalid: 'Namnet har ett tecken som inte kan användas',
    phone_invalid: 'Skriv ett telefonnummer, till exempel 040 123 4567',
    role_not_yours: 'Bara en administratör kan ge den här rollen',
    role_last_admin: 'Organisationen måste ha minst en administratör',
    role_has_cases: 'Överför först personens klienter till en annan medarbetare',
    team_unknown: 'Välj ett team i listan',
    to_unknown: 'Välj en medarbetare som kan ha klienter',
    last_day_invalid: 'Välj en dag från i dag till högst ett år framåt',
  },
};
