import { plural } from '../plural.ts';

/** Administration: people, teams, caseloads and devices. */
export const admin = {
  title: 'Hallinta',
  ofAll: 'Koko organisaatio',
  ofTeam: 'Oma tiimisi',
  needsNetwork: 'Hallinta tarvitsee yhteyden. Mitään ei muutettu.',

  confirmTitle: 'Anna salasanasi',
  confirmWhy:
    'Tämä on arkaluonteinen toiminto. Salasanasi kysytään uudelleen, kun sen edellisestä antamisesta on yli 10 minuuttia.',
  goOn: 'Jatka',

  people: 'Henkilöt',
  peopleWhat: 'Kutsut, salasanat, roolit ja asiakkaiden siirrot',
  person: 'Henkilö',
  findPerson: 'Etsi nimellä, roolilla tai tiimillä',
  nobodyFound: 'Ketään ei löytynyt',
  clients: (n: number) => plural(n, { one: '1 oma asiakas', other: `${n} omaa asiakasta` }),
  ended: 'Päättynyt',
  endedOnes: 'Päättyneet tunnukset',
  invited: 'Kertasalasana',
  invitedUntil: (when: string) =>
    `Ei ole vielä valinnut omaa salasanaa. Kertasalasana on voimassa ${when} asti.`,
  lastSeen: 'Viimeksi yhteydessä',
  never: 'Ei vielä yhteydessä',
  mayNotChange: 'Et voi muuttaa tätä tunnusta.',

  invite: 'Kutsu henkilö',
  makeInvitation: 'Luo tunnus',
  displayName: 'Nimi',
  displayNameHint: 'Näin työkaverit näkevät nimen.',
  signInName: 'Käyttäjätunnus',
  signInNameHint: 'Tällä kirjaudutaan. Sitä ei voi vaihtaa myöhemmin.',
  role: 'Rooli',
  team: 'Tiimi',
  noTeam: 'Ei tiimiä',
  phone: 'Puhelinnumero',
  change: 'Muuta tietoja',
  changeAccess:
    'Tiimin ja roolin vaihto muuttaa heti, mitä henkilö näkee. Omat asiakkaat säilyvät hänellä, kunnes ne siirretään.',
  changed: 'Muutos tallennettu',
  invitedNow: (name: string) => `${name} voi nyt kirjautua.`,
  ready: 'Valmis',

  chooseTitle: 'Valitse oma salasana',
  chooseWhy:
    'Kirjauduit kertasalasanalla. Valitse nyt salasana, jonka vain sinä tiedät. Kertasalasana ei enää toimi sen jälkeen.',
  oneTime: 'Kertasalasana',
  oneTimeOnce: (when: string) =>
    `Näkyy vain nyt. Anna se henkilölle itselleen. Hän valitsee oman salasanan, kun kirjautuu ensimmäisen kerran. Voimassa ${when} asti.`,
  passwordMessage: (address: string, name: string, password: string) =>
    `Ovikello: ${address}\nKäyttäjätunnus: ${name}\nKertasalasana: ${password}`,
  newPassword: 'Anna uusi kertasalasana',
  newPasswordTitle: 'Annetaanko uusi kertasalasana?',
  newPasswordWhat:
    'Vanha salasana lakkaa heti toimimasta, ja henkilö kirjataan ulos kaikilta laitteilta. Lähettämättömät kirjaukset säilyvät hänen laitteellaan ja aukeavat vanhalla salasanalla.',
  reopen: 'Avaa tunnus uudelleen',
  reopenTitle: 'Avataanko tunnus uudelleen?',
  reopenWhat: 'Henkilö saa kertasalasanan ja pääsee samoihin asiakkaisiin kuin ennen.',

  end: 'Päätä tunnus',
  endTitle: (name: string) => `Päätetäänkö tunnus: ${name}?`,
  endWhat: 'Henkilö ei enää pääse sisään. Hänen kirjauksensa ja nimensä niiden vieressä säilyvät.',
  endLeaves: (n: number) =>
    plural(n, {
      one: '1 asiakas jää ilman työntekijää',
      other: `${n} asiakasta jää ilman työntekijää`,
    }),
  endLeavesNobody: 'Yksikään asiakas ei jää ilman työntekijää.',
  endVisits: (n: number) =>
    plural(n, {
      one: 'Tekemättä jää 1 suunniteltu käynti.',
      other: `Tekemättä jää ${n} suunniteltua käyntiä.`,
    }),
  endHeld: (n: number) =>
    plural(n, {
      one: '1 kirjaus odottaa esihenkilön päätöstä.',
      other: `${n} kirjausta odottaa esihenkilön päätöstä.`,
    }),
  endWipe: (n: number) =>
    plural(n, {
      one: 'Tyhjennä myös hänen laitteensa',
      other: `Tyhjennä myös hänen ${n} laitettaan`,
    }),
  endWipeHint:
    'Tiedot muuttuvat lukukelvottomiksi, kun laite on seuraavan kerran yhteydessä. Lähettämättömät kirjaukset katoavat.',
  endedNow: 'Tunnus päätetty',
  transferFirst: 'Siirrä asiakkaat ensin',

  caseload: 'Asiakkaat',
  caseloadWhat: 'Valitse, ketkä annetaan toiselle työntekijälle, pysyvästi tai sijaisuuden ajaksi.',
  noClients: 'Ei asiakkaita',
  readsToo: 'Näkee myös',
  reasons: {
    supervision: 'Esihenkilönä',
    stand_in: 'Sijaisena',
    intake: 'Tiimin lähete',
    opened: 'Avannut asiakkaan',
    own_client: 'Oma asiakas',
    returner: 'Palaavan asiakkaan aiempi asiakkuus',
  },
  until: (when: string) => `${when} asti`,
  transferChosen: (n: number) =>
    plural(n, { one: 'Anna 1 asiakas toiselle', other: `Anna ${n} asiakasta toiselle` }),
  transferTitle: (n: number) =>
    plural(n, { one: 'Kuka hoitaa 1 asiakkaan?', other: `Kuka hoitaa ${n} asiakasta?` }),
  howLong: 'Kuinka pitkäksi aikaa',
  forGood: 'Pysyvästi',
  forATime: 'Sijaisuuden ajaksi',
  standInWhat:
    'Sijainen näkee asiakkaat ja kirjaa heistä valitun päivän loppuun. Oma työntekijä ei vaihdu, ja suunnitellut käynnit pysyvät hänellä.',
  lastDay: 'Sijaisuuden viimeinen päivä',
  dayMissing: 'Valitse sijaisuuden viimeinen päivä',
  standInNowBegin: 'Aloita sijaisuus',
  standInBegun: (n: number) =>
    n === 0
      ? 'Sijainen näkee nämä asiakkaat jo'
      : plural(n, { one: 'Sijainen näkee 1 asiakkaan', other: `Sijainen näkee ${n} asiakasta` }),
  standInNow: (name: string, until: string) => `sijaisena ${name} ${until}`,
  endStandIn: 'Päätä',
  endStandInOf: (client: string) => `Päätä sijaisuus: ${client}`,
  standInEnded: () => 'Sijaisuus päättyi',
  transferWhat:
    'Uudesta työntekijästä tulee asiakkaan oma työntekijä, ja suunnitellut käynnit siirtyvät hänelle. Entinen työntekijä ei enää näe asiakasta.',
  toWhom: 'Kenelle',
  choose: 'Valitse työntekijä',
  toMissing: 'Valitse, kenelle asiakkaat siirtyvät',
  transferNow: 'Siirrä',
  transferred: (n: number) =>
    plural(n, { one: '1 asiakas siirretty', other: `${n} asiakasta siirretty` }),

  teams: 'Tiimit',
  teamsWhat: 'Nimet ja puhelinnumerot',
  noTeams: 'Ei tiimejä',
  addTeam: 'Lisää tiimi',
  teamName: 'Tiimin nimi',
  teamPhoneHint: 'Tähän numeroon tiimiläiset soittavat, kun he tarvitsevat apua.',
  members: (n: number) => plural(n, { one: '1 henkilö', other: `${n} henkilöä` }),
  noNumber: 'ei puhelinnumeroa',

  devices: 'Laitteet',
  devicesWhat: 'Kuka käyttää mitäkin; kadonnut puhelin',
  lostWhat: 'Jos puhelin on kadonnut, valitse se tästä.',
  noDevices: 'Kukaan ei ole vielä kirjautunut',
  noSession: 'Kirjautunut ulos',
  lost: 'Puhelin on kadonnut: tyhjennä se',
  signOut: 'Kirjaa vain ulos',
  signOutWhat: 'Uloskirjaus ei tyhjennä laitetta. Lähettämättömät kirjaukset säilyvät sillä.',
  signedOut: 'Laite kirjattiin ulos',

  log: 'Katselut',
  logWhat: 'Kuka on katsonut asiakkaan tietoja ja miksi',
  logOfClient: 'Kuka on katsonut asiakkaan tietoja',
  clientCode: 'Asiakastunnus',
  clientCodeHint: 'Esimerkiksi OV-0001',
  codeMissing: 'Kirjoita asiakastunnus',
  showLog: 'Näytä katselut',
  noSuchClient: 'Tällä tunnuksella ei löydy asiakasta',
  nobodyRead: 'Ei katseluja',
  lookNoted: 'Myös tämän luettelon katselu kirjataan.',
  noReason: 'ei oikeutta tiedossa',
  hasRead: 'Mitä on katsonut',
  dataRequest: 'Asiakkaan omat tiedot',
  dataRequestWhat:
    'Kaikki, mitä asiakkaasta on kirjattu, yhtenä tiedostona asiakkaan omaa tietopyyntöä varten. Lataus kirjataan.',
  download: 'Lataa tiedot',
  downloaded: 'Tiedot ladattu tälle laitteelle',
  dataLeftOut: (kinds: string) =>
    `Tiedostosta puuttuu: ${kinds}. Roolisi ei näe niitä; pyydä ne tiimin esihenkilöltä.`,
  read: {
    file_read: 'avasi tiedot',
    history_read: 'luki kirjauksen historian',
    attachment_read: 'katsoi kuvan tai asiakirjan',
    visit_read: 'vei käynnin kalenteriin',
    calendar_read: 'kalenteri haki käynnit',
    held_read: 'luki päätöstä odottavan kirjauksen',
    client_data_read: 'latasi asiakkaan tiedot',
    documents_read: 'näki luettelon asiakirjoista',
    document_made: 'teki asiakirjan kansalliseen muotoon',
  },

  dataTokens: {
    title: 'Tietorajapinta',
    rowWhat: 'Avaimet, joilla raportointiohjelmat lukevat tietoja',
    what: 'Rajapinta-avaimella raportointiohjelma, kuten Power BI, hakee kirjausten koodit, päivät ja luvut. Nimiä, vapaata tekstiä tai turvakiellon alaisia asiakkaita se ei saa. Avain ei avaa muuta.',
    nothing: 'Ei rajapinta-avaimia',
    nothingWhy:
      'Kun luot avaimen, näet täällä, mihin asti se on voimassa ja milloin sitä on käytetty.',
    living: 'Voimassa olevat avaimet',
    over: (n: number) => `Päättyneet avaimet (${n})`,
    until: (day: string) => `voimassa ${day} asti`,
    ended: (day: string) => `päättyi ${day}`,
    revokedOn: (day: string) => `mitätöity ${day}`,
    lastUsed: (when: string) => `viimeksi käytetty ${when}`,
    neverUsed: 'ei vielä käytetty',
    withCodes: 'asiakastunnukset mukana',
    make: 'Luo avain',
    makeTitle: 'Uusi rajapinta-avain',
    name: 'Mihin avainta käytetään?',
    nameHint: 'Esimerkiksi: Power BI, talouden kuukausiraportti',
    nameMissing: 'Kirjoita, mihin avainta käytetään',
    kinds: 'Mitä sillä luetaan?',
    /** kinds that have no list of their own in the app */
    called: {
      case: 'Asiakkaat',
      checklist: 'Tarkistuslistat',
      person: 'Työntekijät',
      team: 'Tiimit',
    },
    kindsMissing: 'Valitse, mitä avaimella luetaan',
    team: 'Kenen asiakkaista?',
    allTeams: 'Kaikkien tiimien',
    everyTeam: 'kaikki tiimit',
    codes: 'Asiakastunnukset mukaan',
    codesHint: 'Tunnuksesta asiakkaan voi tunnistaa. Ilman sitäkin asiakkaat erottaa toisistaan.',
    lastDay: 'Viimeinen voimassaolopäivä',
    lastDayHint: 'Enintään vuosi tästä päivästä',
    once: 'Rajapinta-avain',
    onceWhat:
      'Näkyy vain nyt. Kopioi se suoraan raportointiohjelman asetuksiin. Jos avain joutuu vääriin käsiin, mitätöi se avainten luettelosta.',
    address: 'Osoite',
    revoke: 'Mitätöi',
    revokeOf: (name: string) => `Mitätöi avain: ${name}`,
    revokeTitle: (name: string) => `Mitätöidäänkö avain: ${name}?`,
    revokeWhat:
      'Raportointiohjelma ei enää saa tietoja. Avainta ei saa takaisin, mutta uuden voi luoda.',
    revoked: 'Avain mitätöity',
  },

  retention: {
    title: 'Säilytys ja poisto',
    rowWhat: 'Milloin asiakkaan tiedot poistetaan, ja poiston kiellot',
    what: 'Asiakkaan tietoja säilytetään palvelun päättymisen jälkeen niin monta vuotta kuin palvelutehtävä edellyttää: työikäisten, iäkkäiden ja päihdehuollon tietoja 10 vuotta, lapsiperheiden 30 vuotta. Sen jälkeen ne pitää poistaa.',
    nothing: 'Ei päättyneitä asiakkuuksia',
    nothingWhy: 'Kun palvelu päättyy, näet täällä, mihin asti asiakkaan tietoja säilytetään.',
    closed: (day: string) => `Päättyi ${day}`,
    closedUnknown: 'Päättymispäivä ei ole tiedossa',
    over: (day: string) => `säilytysaika päättyi ${day}`,
    until: (day: string) => `säilytetään ${day} asti`,
    records: (n: number) => plural(n, { one: '1 kirjaus', other: `${n} kirjausta` }),
    due: (n: number) => `Säilytysaika päättynyt: ${n}`,
    dueWhat: 'Valitse, kenen tiedot poistetaan.',
    held: 'Poisto kielletty',
    undecided: 'Päätä itse: aikaa ei voi laskea',
    kept: (n: number) => `Säilytetään vielä: ${n}`,
    eraseChosen: (n: number) =>
      n === 0
        ? 'Poista valitut'
        : plural(n, { one: 'Poista 1 asiakas', other: `Poista ${n} asiakasta` }),
    eraseTitle: (n: number) =>
      plural(n, {
        one: 'Poistetaanko asiakkaan tiedot?',
        other: `Poistetaanko ${n} asiakkaan tiedot?`,
      }),
    eraseWhat: (records: number) =>
      `Kirjaukset (${records}), niiden historia, kuvat ja tiedostot poistetaan lopullisesti palvelimelta, ja työntekijöiden laitteilta seuraavan yhteyden aikana. Tätä ei voi perua.`,
    eraseKept:
      'Jäljelle jää tieto siitä, kuka tietoja on katsonut ja kuka ne poisti. Vanhoista varmuuskopioista tiedot poistuvat, kun kopiot vanhenevat.',
    typeNumber: (n: number) => `Vahvista kirjoittamalla poistettavien määrä: ${n}`,
    erase: 'Poista lopullisesti',
    erased: (n: number) =>
      plural(n, { one: '1 asiakkaan tiedot poistettu', other: `${n} asiakkaan tiedot poistettu` }),
    hold: 'Kiellä poisto',
    holdWhat:
      'Tietoja ei poisteta, vaikka säilytysaika päättyisi. Käytä, kun asiasta on esimerkiksi kantelu, oikeudenkäynti tai selvitys kesken.',
    client: 'Asiakastunnus',
    clientHint: 'Esimerkiksi OV-0012',
    clientMissing: 'Kirjoita asiakastunnus',
    reason: 'Peruste',
    reasonHint: 'Näkyy muille pääkäyttäjille. Älä kirjoita asiakkaan asioita.',
    reasonMissing: 'Kirjoita peruste',
    holdNow: 'Kiellä poisto',
    heldNow: 'Tietoja ei poisteta',
    lift: 'Salli poisto',
    liftOf: (client: string) => `Salli poisto: ${client}`,
    lifted: 'Kielto poistettu',
  },

  faults: {
    name_too_many: 'Voimassa olevia avaimia on jo 50. Mitätöi ensin jokin niistä',
    client_unknown: 'Tällä tunnuksella ei ole asiakasta',
    name_taken: 'Nimi on jo käytössä',
    name_empty: 'Kirjoita nimi',
    name_invalid: 'Nimessä on merkki, jota ei voi käyttää',
    display_name_empty: 'Kirjoita nimi, jonka työkaverit näkevät',
    display_name_invalid: 'Nimessä on merkki, jota ei voi käyttää',
    phone_invalid: 'Kirjoita yksi puhelinnumero, esimerkiksi 040 123 4567',
    role_not_yours: 'Vain pääkäyttäjä voi antaa tämän roolin',
    role_last_admin: 'Organisaatiossa on oltava vähintään yksi pääkäyttäjä',
    role_has_cases: 'Siirrä ensin henkilön asiakkaat toiselle työntekijälle',
    team_unknown: 'Valitse tiimi luettelosta',
    to_unknown: 'Valitse työntekijä, joka voi hoitaa asiakkaita',
    last_day_invalid: 'Valitse päivä tästä päivästä enintään vuoden päähän',
  },
};
