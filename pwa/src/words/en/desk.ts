import type { Words } from '../fi/index.ts';

export const desk: Words['desk'] = {
  caption: 'Clients',
  hours: 'Hours',
  marks: 'What stands out',
  save: 'Save these filters',
  name: 'Name of the filters',
  remove: (name) => `Remove the filters: ${name}`,
  noneHint: 'No client matches these filters.',
  shortcuts: 'Keyboard shortcuts',
  keys: [
    ['j k', 'Next and previous row'],
    ['Enter', 'Open the row'],
    ['/', 'Search'],
    ['Ctrl+K', 'Search from any screen'],
    ['Esc', 'Close the window'],
    ['?', 'This list'],
  ],
};
