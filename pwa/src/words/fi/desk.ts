/** What only a wide screen has: tables, filters that are kept, keys. */
export const desk = {
  caption: 'Asiakkaat',
  hours: 'Tunnit',
  marks: 'Mikä erottuu',
  save: 'Tallenna rajaus',
  name: 'Rajauksen nimi',
  remove: (name: string) => `Poista rajaus: ${name}`,
  noneHint: 'Yksikään asiakas ei sovi näihin rajauksiin.',
  shortcuts: 'Pikanäppäimet',
  keys: [
    {
      where: 'Joka näytöllä',
      does: [
        ['Ctrl+K', 'Etsi asiakas tai toiminto'],
        ['Ctrl+Enter', 'Tallenna mistä tahansa kentästä'],
        ['Esc', 'Sulje ikkuna tai oikeanpuoleinen näkymä'],
        ['?', 'Tämä luettelo'],
      ],
    },
    {
      where: 'Haussa',
      does: [
        ['↓ ↑', 'Seuraava ja edellinen osuma'],
        ['Enter', 'Avaa ensimmäisen tai valitun'],
      ],
    },
    {
      where: 'Asiakkaiden luettelossa',
      does: [
        ['j k', 'Seuraava ja edellinen rivi'],
        ['Enter', 'Avaa rivin'],
        ['/', 'Hae asiakkaista'],
      ],
    },
    {
      where: 'Viikossa',
      does: [
        ['Välilyönti', 'Ota valittu käynti siirrettäväksi'],
        ['← ↑ → ↓', 'Siirrä'],
        ['Enter', 'Tallenna siirto'],
        ['Esc', 'Peru siirto'],
      ],
    },
  ] as { where: string; does: [string, string][] }[],
  findWhat: 'Asiakas tai toiminto',
  commands: 'Toiminnot',
  logVisit: 'Kirjaa käynti',
};
