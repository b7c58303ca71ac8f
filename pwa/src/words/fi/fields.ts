/** How values read wherever an entry is read back. Names of kinds and fields stand with the kinds (`server/kinds/words`). */
export const fields = {
  unknownKind: 'Kirjaus',
  /** after the field's name and a colon */
  faults: {
    tooLong: (n: string, max: string) => `liian pitkä (${n} merkkiä, enintään ${max})`,
    partTooLong: (max: string) => `liian pitkä (enintään ${max} merkkiä)`,
    tooMany: (max: string) => `liian monta valintaa (enintään ${max})`,
    outOfRange: (min: string, max: string) => `luvun pitää olla ${min}–${max}`,
    outOfYears: (min: string, max: string) => `vuoden pitää olla ${min}–${max}`,
    notWhole: 'luvun pitää olla kokonaisluku',
    notOffered: 'valintaa ei ole enää luettelossa',
    notInCalendar: 'päivää tai kellonaikaa ei ole olemassa',
    invalid: 'tarkista tämä kohta',
  },
  clock: 'Kellonaika',
  empty: 'Tyhjä',
  show: 'Näytä',
  edit: 'Muokkaa',
  yes: 'Kyllä',
  no: 'Ei',
  removed: 'Poistettu',
  broughtBack: 'Palautettu',
};
