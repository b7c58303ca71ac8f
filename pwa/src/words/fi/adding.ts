/** ＋: what is written, and for whom; and the forms that are not finished. */
export const adding = {
  title: 'Mitä kirjataan?',
  whoFor: 'Kenelle?',
  visitNow: 'Käynti juuri nyt',
  callWord: 'Puhelu',
  callOf: (name: string) => `Puhelu, asiakas: ${name}`,
  errand: 'Asiointi',
  note: 'Kirjaus',
  unfinished: 'Kesken',
  unfinishedNames: {
    visit: 'Käynnin kirjaus',
    plan: 'Käynnin sopiminen',
    phase: 'Tukivaiheen vaihto',
    client: 'Asiakkaan tiedot',
    mend: 'Kirjauksen korjaus',
  } as Record<string, string>,
};
