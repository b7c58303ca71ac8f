/** Ways to open the store besides the password. */
export const lock = {
  passkeyHint: 'Sormenjäljellä tai kasvoilla. Verkkoa ei tarvita.',
  passkeyDeclined: 'Tunnistus keskeytyi tai ei onnistunut. Yritä uudelleen tai avaa salasanalla.',
  passkeyUnsupported: 'Laite ei nyt pysty avaamaan sormenjäljellä tai kasvoilla. Avaa salasanalla.',
  passkeyOther:
    'Laitteen tunnistus on vaihtunut, eikä se enää avaa Ovikelloa. Avaa salasanalla ja ota tunnistus uudelleen käyttöön asetuksissa.',
  forgot: 'Unohtuiko salasana?',
  forgotWhat:
    'Pyydä esihenkilöltäsi uusi salasana ja kirjaudu sillä, kun verkko toimii. Lähetetyt kirjaukset ovat palvelimella tallessa. Lähettämättömät avaa vain vanha salasana tai käyttöön otettu sormenjälki tai kasvot.',
  forgotSignIn: 'Kirjaudu uudella salasanalla',
};
