/** A client who was entered twice. */
export const samePerson = {
  title: 'Sama asiakas kahdesti',
  open: 'Sama asiakas kahdesti?',
  find: 'Yhdistä asiakkaat',
  intro:
    'Jos asiakas on lisätty kahteen kertaan, yhdistä asiakkaat. Kirjaukset näkyvät sen jälkeen yhdessä. Mitään ei siirretä eikä poisteta, ja yhdistämisen voi purkaa.',
  noneLike: 'Tällä laitteella ei ole muita samannimisiä asiakkaita.',
  other: 'Toinen asiakas',
  noOther: 'Valitse asiakas',
  joinTitle: 'Yhdistetäänkö asiakkaat?',
  joinWhat: (kept: string, other: string) =>
    `Näkyviin jää ${kept}, ja asiakkaan ${other} kirjaukset näkyvät samalla sivulla.`,
  joinSafety: 'Turvallisuushuomiot näkyvät molemmilta.',
  join: 'Yhdistä',
  joined: 'Asiakkaat yhdistetty',
  together: 'Yhdistetty tähän',
  apart: 'Pura',
  apartNow: 'Yhdistäminen purettu',
  readers: 'Kuka näkee asiakkaan?',
  readersWhy:
    'Kaiken näkee vain se, joka näki molemmat asiakkaat. Valitse, ketkä jatkavat: he näkevät kaiken, muut eivät mitään.',
  readsAll: 'Näkee kaiken',
  readsSome: (files: number, all: number) => `Näkee osan (${files}/${all})`,
  decide: 'Vahvista näkijät',
  decided: 'Näkijät vahvistettu',
  needsNetwork: 'Näkijöitä ei voi vahvistaa ilman verkkoa. Yritä uudelleen, kun yhteys toimii.',
};
