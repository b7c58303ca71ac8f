import type { LedgerColumn } from '../../domain/ledger.ts';
import { plural } from '../plural.ts';

const column: Record<LedgerColumn, string> = {
  client: 'asiakas',
  month: 'kuukausi',
  dueOn: 'eräpäivä',
  amount: 'vuokra',
  paid: 'maksettu',
  paidOn: 'maksupäivä',
};

/** A landlord's rent ledger, read from a file. */
export const ledger = {
  title: 'Lue vuokrareskontra',
  file: 'Vuokranantajan tiedosto (CSV)',
  hint: 'Sarakkeet: asiakas (nimi tai tunnus), kuukausi, eräpäivä, vuokra, maksettu ja halutessasi maksupäivä. Tiedosto luetaan tässä laitteessa, eikä mitään tallenneta ennen kuin olet katsonut sen.',
  column,
  missing: (columns: string) =>
    `Tiedostosta ei löydy näitä sarakkeita: ${columns}. Lisää ne ensimmäiselle riville otsikoiksi.`,
  empty: 'Tiedostossa ei ole rivejä. Valitse toinen tiedosto.',
  unreadable: 'Tiedostoa ei voi lukea. Tallenna se uudelleen CSV-muodossa.',
  tooBig: 'Tiedosto on liian suuri. Jaa se useampaan osaan.',
  left: 'Näitä ei voi ottaa',
  taken: 'Nämä otetaan',
  nothing: 'Yhtään riviä ei voi ottaa.',
  line: (n: number) => `Rivi ${n}`,
  columns: (found: number, wanted: number) =>
    `Rivillä on ${plural(found, { one: '1 arvo', other: `${found} arvoa` })}, otsikoita on ${wanted}.`,
  noValue: (name: string) => `Puuttuu: ${name}.`,
  badValue: (name: string, text: string) => `Tätä ei ymmärretä (${name}): ”${text}”.`,
  noClient: (name: string) => `Asiakkaittesi joukossa ei ole nimeä tai tunnusta ”${name}”.`,
  twoClients: (name: string) => `Usealla asiakkaalla on nimi ”${name}”. Käytä tunnusta.`,
  twice: (name: string) => `${name}: sama kuukausi on tiedostossa jo aiemmin.`,
  paid: (sum: string) => `maksettu ${sum}`,
  same: 'Ei muutosta',
  isNew: 'Uusi',
  save: (n: number) => plural(n, { one: 'Tallenna 1 vuokra', other: `Tallenna ${n} vuokraa` }),
  saved: (n: number) =>
    plural(n, {
      one: '1 vuokra tallennettu tälle laitteelle',
      other: `${n} vuokraa tallennettu tälle laitteelle`,
    }),
};
