/** What a new person sets up on a device, once, and finds in Asetukset until it stands. */
export const setUp = {
  title: 'Laite käyttökuntoon',
  unset: 'Valmiiksi asettamatta',
  reminders: 'Muistutukset tälle laitteelle',
  remindersWhy:
    'Laite muistuttaa käynneistä ja siitä, mitä on kirjaamatta. Ilmoituksessa ei näy nimiä eikä osoitteita.',
  notOn: 'Muistutuksia ei saatu käyttöön. Yritä myöhemmin asetuksissa.',
  installHow: 'Näytä, miten',
  skipped: 'Ohitettu. Löydät tämän asetuksista.',
};
