/** Signing in by an organisation's own provider. */
export const provider = {
  signIn: (label: string) => `Kirjaudu: ${label}`,
  beginAgain: 'Aloita uudelleen',
  goOn: 'Jatka',
  deviceTitle: 'Valitse laitteen salasana',
  deviceWhy:
    'Organisaatiosi tunnisti sinut. Valitse vielä salasana, joka salaa tiedot tällä laitteella. Avaat sillä Ovikellon myös ilman verkkoa.',
  devicePassword: 'Laitteen salasana',
  deviceForgotten:
    'Salasana jää vain tälle laitteelle, eikä kukaan voi palauttaa sitä. Jos unohdat sen, lähetetyt kirjaukset saat takaisin kirjautumalla uudelleen, lähettämättömiä et.',
  openStore: 'Tunnistautuminen onnistui. Avaa vielä Ovikello tällä laitteella.',
  confirmed: 'Vahvistettu. Voit jatkaa siitä, mihin jäit.',
  confirmTitle: 'Vahvista, että se olet sinä',
  confirmWhy:
    'Tunnistaudu organisaatiosi palvelussa uudelleen. Se aukeaa uuteen välilehteen. Palaa sitten tähän ja jatka.',
  again: (label: string) => `Tunnistaudu: ${label}`,
  byPassword: 'Vahvista Ovikello-salasanalla',
  changeDevice: 'Vaihda laitteen salasana',
  changed: 'Laitteen salasana vaihdettu',
  forgot:
    'Laitteen salasanaa ei voi palauttaa, ja ilman sitä tämän laitteen tiedot eivät aukea. Voit poistaa ne ja valita uuden salasanan. Lähetetyt kirjaukset tulevat takaisin palvelimelta, lähettämättömät katoavat.',
  forgotStore: 'Poista tämän laitteen tiedot …',
};
