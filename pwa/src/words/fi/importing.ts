import { plural } from '../plural.ts';

const rows = (n: number) => plural(n, { one: '1 rivi', other: `${n} riviä` });

/** Clients and people of a table, brought in by an administrator. */
export const importing = {
  title: 'Tuo taulukosta',
  what: 'Asiakkaat ja henkilöt Excel- tai CSV-tiedostosta',
  which: 'Mitä tuodaan?',
  clients: 'Asiakkaat',
  people: 'Henkilöt',
  file: 'Taulukko (Excel tai CSV)',
  hint: 'Ensimmäisellä rivillä ovat sarakkeiden nimet. Mitään ei tallenneta ennen kuin olet katsonut rivit.',
  clientsHint:
    'Jokaisella asiakkaalla on oltava nimi ja vastuutyöntekijä, joka merkitään käyttäjätunnuksella. Asiakas tulee hänen ja tiimivastaavan näkyviin. Sinä et näe tuotuja asiakkaita.',
  peopleHint:
    'Jokaisella henkilöllä on oltava nimi, käyttäjätunnus ja rooli. Tiimien on oltava olemassa ennen tuontia. Jokainen saa kertasalasanan.',
  reading: 'Luetaan tiedostoa',
  otherFile: 'Valitse toinen tiedosto',

  columnsTitle: 'Mitä sarakkeissa on?',
  columnsWhat: (n: number) => `${rows(n)}. Tarkista, mitä kukin sarake tarkoittaa.`,
  noHead: (n: number) => `${n}. sarake, ei nimeä`,
  example: (text: string) => `esim. ${text}`,
  notBrought: 'Ei tuoda',
  lacking: (names: string) => `Valitse vielä sarake, jossa on: ${names}.`,
  twice: (name: string) => `Sama tieto kahdessa sarakkeessa: ${name}.`,
  look: 'Tarkista rivit',

  previewTitle: 'Ennen tuontia',
  fresh: (n: number) => plural(n, { one: '1 rivi tuodaan', other: `${n} riviä tuodaan` }),
  there: (n: number) => plural(n, { one: '1 on jo Ovikellossa', other: `${n} on jo Ovikellossa` }),
  faulty: (n: number) =>
    plural(n, { one: '1 rivissä on korjattavaa', other: `${n} rivissä on korjattavaa` }),
  nothing: 'Tuotavaa ei ole.',
  faultyTitle: 'Korjattavaa',
  thereTitle: 'Ovat jo Ovikellossa',
  shown: (n: number) => `Näytetään ${n} ensimmäistä. Kaikki ovat raportissa tuonnin jälkeen.`,
  row: (n: number) => `Rivi ${n}`,
  reason: (column: string, text: string) => `${column}: ${text}`,
  whatOfFaulty: 'Mitä tehdään riveille, joissa on korjattavaa?',
  leaveOut: 'Tuo kelvolliset',
  refuseAll: 'Älä tuo mitään',
  refused: 'Korjaa taulukko ja valitse se uudelleen. Mitään ei ole tuotu.',
  bringClients: (n: number) => plural(n, { one: 'Tuo 1 asiakas', other: `Tuo ${n} asiakasta` }),
  bringPeople: (n: number) => plural(n, { one: 'Tuo 1 henkilö', other: `Tuo ${n} henkilöä` }),
  changeColumns: 'Muuta sarakkeita',

  running: (done: number, all: number) => `Tuodaan: ${done}/${all} riviä`,
  stay: 'Älä sulje tätä näkymää ennen kuin tuonti on valmis.',
  stopped: 'Tuonti keskeytyi',
  stoppedWhat: 'Tuodut rivit ovat tallessa. Jatka, niin loput tuodaan. Kukaan ei tule kahdesti.',
  goOn: 'Jatka tuontia',

  reportTitle: 'Tuonti on valmis',
  madeClients: (n: number) =>
    plural(n, { one: '1 asiakas tuotiin', other: `${n} asiakasta tuotiin` }),
  madePeople: (n: number) =>
    plural(n, { one: '1 henkilö tuotiin', other: `${n} henkilöä tuotiin` }),
  saveReport: 'Tallenna raportti (CSV)',
  reportWhat:
    'Raportissa on jokainen rivi ja syy, jos sitä ei tuotu. Korjaa rivit ja tuo tiedosto uudelleen: kukaan ei tule kahdesti.',
  reportSecret: 'Raportissa on henkilötietoja. Poista se, kun et enää tarvitse sitä.',
  passwordsTitle: 'Kertasalasanat',
  passwordsWhat:
    'Näkyvät vain nyt, ja ne ovat myös raportissa. Anna kukin henkilölle itselleen. Hän valitsee oman salasanan, kun kirjautuu ensimmäisen kerran.',
  ready: 'Valmis',

  head: { row: 'Rivi', outcome: 'Tuonti', why: 'Syy', password: 'Kertasalasana' },
  outcome: { new: 'tuotiin', there: 'oli jo', faulty: 'jätettiin pois' },
  reportName: 'tuonti',
};
