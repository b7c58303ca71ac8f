import type { Words } from '../fi/index.ts';

export const desk: Words['desk'] = {
  caption: 'Klienter',
  hours: 'Timmar',
  marks: 'Vad som sticker ut',
  save: 'Spara urvalet',
  name: 'Urvalets namn',
  remove: (name) => `Ta bort urvalet: ${name}`,
  noneHint: 'Ingen klient motsvarar de här urvalen.',
  shortcuts: 'Kortkommandon',
  keys: [
    {
      where: 'I alla vyer',
      does: [
        ['Ctrl+K', 'Sök en klient eller åtgärd'],
        ['Ctrl+Enter', 'Spara från vilket fält som helst'],
        ['Esc', 'Stäng fönstret eller vyn till höger'],
        ['?', 'Den här listan'],
      ],
    },
    {
      where: 'I sökningen',
      does: [
        ['↓ ↑', 'Nästa och föregående träff'],
        ['Enter', 'Öppna den första eller valda'],
      ],
    },
    {
      where: 'I klientlistan',
      does: [
        ['j k', 'Nästa och föregående rad'],
        ['Enter', 'Öppna raden'],
        ['/', 'Sök bland klienter'],
      ],
    },
    {
      where: 'I veckan',
      does: [
        ['Mellanslag', 'Ta upp det valda besöket'],
        ['← ↑ → ↓', 'Flytta'],
        ['Enter', 'Spara flytten'],
        ['Esc', 'Avbryt flytten'],
      ],
    },
  ],
  findWhat: 'Klient eller åtgärd',
  commands: 'Åtgärder',
  logVisit: 'Anteckna besök',
};
