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
  backWhy: 'Kysely on päättynyt. Annetut vastaukset ovat tallessa.',
};
