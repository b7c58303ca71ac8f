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
    ['j k', 'Seuraava ja edellinen rivi'],
    ['Enter', 'Avaa rivin'],
    ['/', 'Haku'],
    ['Ctrl+K', 'Haku miltä tahansa näytöltä'],
    ['Esc', 'Sulje ikkuna'],
    ['?', 'Tämä luettelo'],
  ] as [string, string][],
};
