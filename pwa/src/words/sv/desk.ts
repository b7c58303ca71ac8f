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
    ['j k', 'Nästa och föregående rad'],
    ['Enter', 'Öppna raden'],
    ['/', 'Sök'],
    ['Ctrl+K', 'Sök från vilken vy som helst'],
    ['Esc', 'Stäng fönstret'],
    ['?', 'Den här listan'],
  ],
};
