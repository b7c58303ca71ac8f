export const reviewQueue = {
  title: 'Päätöstäsi odottavat kirjaukset',
  why: 'Nämä kirjaukset eivät ole asiakkaan tiedoissa. Sinä päätät, otetaanko ne mukaan.',
  by: (name: string) => `Kirjannut: ${name}`,
  arrived: (when: string) => `Saapunut ${when}`,
  late: 'Kirjaaja ei enää hoitanut tätä asiakasta, kun kirjaus saapui.',
  unknownClient: 'Asiakas ei näy sinulle',
  take: 'Ota mukaan',
  taken: 'Kirjaus otettu mukaan',
  notTaken: 'Kirjausta ei voitu ottaa mukaan',
  leave: 'Hylkää',
  leaveTitle: 'Hylätäänkö kirjaus?',
  leaveWhat:
    'Kirjausta ei oteta asiakkaan tietoihin. Se säilyy palvelimella, eikä sitä poisteta. Hylkäystä ei voi perua sovelluksessa.',
  left: 'Kirjaus hylätty. Se säilyy palvelimella.',
  nothing: 'Mikään kirjaus ei odota päätöstäsi',
  nothingHint:
    'Tänne tulevat kirjaukset, jotka tiimisi lähettää sinulle tai jotka saapuvat myöhässä.',
  needsNetwork: 'Tämä sivu tarvitsee yhteyden.',
  more: 'Näytä lisää',
  again: 'Yritä uudelleen',
};
