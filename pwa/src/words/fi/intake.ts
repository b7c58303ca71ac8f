import { plural } from '../plural.ts';

/** Referrals that nobody has taken in yet. */
export const intake = {
  title: 'Lähetteet',
  add: 'Kirjaa lähete',
  refer: 'Tee lähete tästä',
  empty: 'Lähetteitä ei ole jonossa',
  emptyHint: 'Uusi lähete kirjataan tähän, myös ilman verkkoa. Koko tiimi näkee sen.',
  unnamed: 'Nimi ei tiedossa',
  person: 'Kuka tarvitsee apua?',
  answerBy: (when: string) => `Viimeistään ${when}`,
  late: (when: string) => `Myöhässä: ${when}`,
  answerNow: 'Kirjaa vastaus nyt',
  answeredNow: 'Vastaus kirjattu',
  takeIn: 'Ota asiakkaaksi',
  takeInHint: 'Tiedot tulivat lähetteestä. Lähete jää asiakkaan tietoihin.',
  notClient: 'Lähete, ei vielä asiakas',
  notClientWhy:
    'Koko tiimi näkee lähetteen, kunnes joku ottaa hänet asiakkaaksi. Sen jälkeen sen näkevät vain vastuutyöntekijä ja esihenkilö.',
  change: 'Muuta henkilötietoja',
  same: 'Sama ihminen',
  count: (n: number) => plural(n, { one: '1 lähete', other: `${n} lähetettä` }),
  noRoof: (n: number) => `${n} ilman yöpaikkaa`,
  returner: 'Palaava asiakas',
  earlierPlan: 'Aiempi suunnitelma',
  earlierCase: 'Aiempi asiakkuus',
  earlierClosed:
    'Aiempi asiakkuus ei ole sinulla auki. Lähetteeseen vastannut tai esihenkilö voi avata sen kahdeksi viikoksi.',
  openWhy: 'Miksi se avataan?',
  openWhyMissing: 'Valitse syy. Se jää lokiin.',
  openReasons: {
    old_plan: 'Aiempi suunnitelma uuden pohjaksi',
    safety: 'Turvallisuus',
    client_asks: 'Asiakas pyytää',
  },
  openEarlier: 'Avaa aiempi asiakkuus',
  openNeedsNetwork: 'Avaaminen tarvitsee verkon. Yritä uudelleen, kun yhteys toimii.',
  opened: 'Avattu. Avaaminen jää lokiin.',
  openUntil: (when: string) => `Auki ${when} asti`,
};
