import { plural } from '../plural.ts';

/** A store that no password opens. */
export const unreadable = {
  damaged: 'Laitteella olevat tiedot ovat vioittuneet, eikä niitä voi avata.',

  unreadableTitle: 'Näitä tietoja ei voi enää avata',
  unreadable: (n: number) =>
    plural(n, {
      one: '1 lähettämätön kirjaus on laitteella, mutta sitä ei voi lukea ilman vanhaa salasanaa.',
      other: `${n} lähettämätöntä kirjausta on laitteella, mutta niitä ei voi lukea ilman vanhaa salasanaa.`,
    }),
  unreadableNone:
    'Kaikki kirjauksesi on lähetetty. Mitään ei katoa, kun tiedot ladataan uudelleen.',
  unreadableUnknown: 'Laitteella voi olla kirjauksia, joita ei ole lähetetty.',
  unreadableWhat:
    'Jos muistat vanhan salasanan myöhemmin, tiedot aukeavat silloin. Jos aloitat alusta, lähettämättömät kirjaukset katoavat lopullisesti.',
  startOver: 'Aloita alusta tällä laitteella',
  startOverLoses: (n: number) =>
    plural(n, {
      one: 'Ymmärrän, että 1 lähettämätön kirjaus katoaa',
      other: `Ymmärrän, että ${n} lähettämätöntä kirjausta katoaa`,
    }),
  startOverUnderstood: 'Ymmärrän, että lähettämättömät kirjaukset katoavat',
  tryOldPassword: 'Kokeile vanhaa salasanaa',
};
