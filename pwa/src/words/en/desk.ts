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
    {
      where: 'On every screen',
      does: [
        ['Ctrl+K', 'Find a client or a command'],
        ['Ctrl+Enter', 'Save from any field'],
        ['Esc', 'Close the window or the right-hand pane'],
        ['?', 'This list'],
      ],
    },
    {
      where: 'In the search',
      does: [
        ['↓ ↑', 'Next and previous result'],
        ['Enter', 'Open the first or the chosen one'],
      ],
    },
    {
      where: 'In the list of clients',
      does: [
        ['j k', 'Next and previous row'],
        ['Enter', 'Open the row'],
        ['/', 'Search the clients'],
      ],
    },
    {
      where: 'In the week',
      does: [
        ['Space', 'Pick up the chosen visit'],
        ['← ↑ → ↓', 'Move it'],
        ['Enter', 'Save the move'],
        ['Esc', 'Cancel the move'],
      ],
    },
  ],
  findWhat: 'Client or command',
  commands: 'Commands',
  logVisit: 'Log a visit',
};
