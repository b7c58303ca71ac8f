/** Photos and documents that hang on records. */
export const attachment = {
  many: 'Kuvat ja asiakirjat',
  take: 'Ota kuva',
  choose: 'Valitse tiedosto',
  hint: 'Kuva pienennetään, ja paikka- ja kameratiedot poistetaan ennen tallennusta. Kuvat ja PDF-asiakirjat näkevät samat ihmiset kuin kirjauksen.',
  camera: {
    title: 'Ota kuva',
    sees: 'Kameran näkymä',
    taken: 'Otettu kuva',
    starting: 'Kamera käynnistyy…',
    shoot: 'Ota kuva',
    use: 'Liitä kuva',
    again: 'Ota uudelleen',
    tryAgain: 'Yritä uudelleen',
    program: 'Ota kamerasovelluksella',
    faults: {
      refused: {
        title: 'Kameran käyttöä ei ole sallittu',
        why: 'Salli kamera tälle sivulle selaimen asetuksista ja yritä uudelleen, tai ota kuva muulla tavalla.',
      },
      absent: {
        title: 'Kameraa ei löytynyt',
        why: 'Kytke kamera ja yritä uudelleen, tai valitse kuva tiedostosta.',
      },
      busy: {
        title: 'Kamera ei vastaa',
        why: 'Jokin toinen ohjelma tai puhelu voi käyttää kameraa. Sulje se ja yritä uudelleen.',
      },
    },
  },
  waits: 'Odottaa lähetystä',
  wholeLater: 'Koko kuva näkyy, kun se on lähetetty ja verkko on käytettävissä.',
  keep: 'Tallenna asiakirja',
  about: 'Kirjaus, johon tämä liittyy',
  photoOf: (client: string) => `Kuva, ${client}`,
  notTaken: (name: string) => `Tiedostoa ${name} ei liitetty`,
  faults: {
    empty: 'Tiedosto on tyhjä.',
    photoTooLarge:
      'Kuva on liian suuri avattavaksi puhelimessa: enintään 30 Mt. Ota kuva uudelleen Ota kuva -painikkeella.',
    pdfTooLarge:
      'Asiakirja on liian suuri: enintään 10 Mt. Jaa se osiin tai tallenna se pienempänä.',
    film: 'Tiedosto on video, vaikka nimi näyttäisi muulta. Videoita ei voi liittää. Ota tilanteesta kuva.',
    heic: 'Kuva on HEIC-muodossa, jota tämä selain ei avaa. Ota kuva Ota kuva -painikkeella, tai vaihda puhelimen kamera-asetuksista muodoksi JPEG.',
    drawing:
      'Tiedosto on SVG-piirros. Siinä voi olla ohjelmakoodia, joten sitä ei liitetä. Ota siitä kuvakaappaus.',
    unknown: 'Tiedosto ei ole kuva (JPEG, PNG, WebP) eikä PDF-asiakirja.',
    broken:
      'Tiedosto on vioittunut, eikä sitä voi avata. Ota kuva uudelleen tai valitse toinen tiedosto.',
  },
};
