import { plural } from '../plural.ts';

/** The phone in the client's hand. */
export const handOver = {
  title: 'Anna puhelin asiakkaalle',
  intro:
    'Asiakas vastaa viiteen kysymykseen palvelusta. Vastaus on nimetön: et näe sitä, eikä sitä voi yhdistää asiakkaaseen.',
  language: 'Asiakkaan kieli',
  locked: 'Ovikello lukittuu, ja asiakas näkee vain kyselyn. Avaat sen lopuksi kuten aina.',
  give: 'Lukitse ja anna puhelin',
  fetching: 'Haetaan vastauslippuja…',
  noTickets: 'Kyselyä ei voi avata nyt',
  noTicketsWhy:
    'Jokaiseen vastaukseen tarvitaan vastauslippu, ja ne ovat loppu tältä laitteelta. Uusia haetaan, kun verkko toimii; päivässä niitä saa 20.',
  again: 'Hae uudelleen',
  waiting: (n: number) =>
    plural(n, { one: '1 vastaus odottaa verkkoa.', other: `${n} vastausta odottaa verkkoa.` }),
  refused: (n: number) =>
    plural(n, {
      one: 'Yhtä vastausta ei otettu vastaan, koska sen lippu oli vanhentunut.',
      other: `${n} vastausta ei otettu vastaan, koska niiden liput olivat vanhentuneet.`,
    }),
  back: 'Anna puhelin takaisin työntekijälle',
  backWhy: 'Asiakkaan osuus on päättynyt. Annetut vastaukset ovat tallessa.',
  introAnswer:
    'Asiakas lukee tämän, kertoo omin sanoin onko samaa mieltä, ja allekirjoittaa. Vastaus tallentuu asiakkaan tietoihin, kun avaat Ovikellon.',
  introRead: 'Lukekaa kirjaus yhdessä. Asiakas näkee siitä vain tämän, eikä muita tietoja.',
  read: 'Lue asiakkaan kanssa',
  introRating: 'Asiakas vastaa itse. Et näe vastauksia ennen kuin käynti on kirjattu.',
  opensTomorrow: 'Näet vastaukset seuraavana päivänä: tälle päivälle ei ole käyntiä kirjaamatta.',
  opensWith: (when: string) => `Näet vastaukset, kun käynti ${when} on kirjattu.`,
  rate: 'Anna asiakkaan arvioida itse',
  ratingsWait: (n: number) =>
    plural(n, {
      one: 'Asiakkaan vastaus odottaa käynnin kirjaamista.',
      other: `${n} asiakkaan vastausta odottaa käynnin kirjaamista.`,
    }),
  asks: 'Mihin asiakas vastaa?',
  asked: {
    areas: 'Miten arki sujuu',
    participation: 'Osallisuus',
    feedback: 'Palaute päättyneestä jaksosta',
    feedbackAtExit: 'Palaute palvelun päättyessä',
  },
  sees: 'Asiakas näkee vain tämän:',
  lockedPaper: 'Ovikello lukittuu. Avaat sen lopuksi kuten aina.',
  collected: 'Asiakkaan vastaus tallennettiin',
  show: 'Anna asiakkaan vastata',
  changedSince: 'Muutettu asiakkaan vastauksen jälkeen',
  signatureOf: (name: string) => (name ? `Allekirjoitus: ${name}` : 'Asiakkaan allekirjoitus'),
};
