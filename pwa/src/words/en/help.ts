import type { Words } from '../fi/index.ts';
import { caseFile } from './caseFile.ts';
import { checkIn } from './checkIn.ts';
import { entries } from './entries.ts';
import { plural } from '../plural.ts';

export const help: Words['help'] = {
  here: 'How does this work?',
  whole: 'All help',
  topics: {
    log: {
      title: 'Logging a visit',
      text: 'The form is filled in from the plan: save, if the visit went as agreed. What you type is kept even if the app closes. No network is needed.',
    },
    outbox: {
      title: 'Outbox',
      text: 'Here is everything that you saved and that has not arrived yet. Entries are sent automatically when the network is back. If the server does not accept an entry, it stays here with the reason and its whole text, and does not hold the others back.',
    },
    differing: {
      title: 'If two people log the same thing',
      text: 'Both entries are kept. Where they differ, Ovikello asks which one is right. The other stays in the history, and you can also keep both.',
    },
    lock: {
      title: 'The lock',
      text: 'Ovikello locks itself when it is not used. Unfinished text is there when you open it with your password. If you forgot the password, your supervisor gives you a new one.',
    },
    offline: {
      title: 'Without a network',
      text: 'Log exactly as you always do. Entries are saved on this device and sent automatically when the network is back. The mark at the top tells whether something is waiting.',
    },
  },
  intro: {
    title: 'Introduction',
    welcome: 'Welcome',
    step: (i, n) => `${i}/${n}`,
    next: 'Next',
    done: 'Let’s begin',
    skip: 'Skip',
    again: 'You find the introduction later in the help.',
    cards: [
      {
        title: 'The clients are fictional',
        text: 'Try things freely: log visits, mark progress, change planned times. Nothing real can break.',
      },
      {
        title: 'Begin with the nearest visit',
        text: 'The nearest visit of the day stands open on this screen. Tap Log, check and save. The plus logs a visit that was not planned.',
      },
      {
        title: 'No network is needed',
        text: 'Try aeroplane mode. Entries are saved encrypted on the device, and the mark at the top tells when they have arrived.',
      },
    ],
  },
  practice: {
    title: 'Exercises',
    open: 'Practise',
    why: 'Three short exercises on fictional clients, on the screens that you use at work. What to do stands at the top. You can leave one and go on later.',
    elsewhere:
      'The exercises are done where the clients are fictional. Ask your supervisor for the address.',
    nobody: 'The exercises need at least one client. You have none yet.',
    watched: 'A check-in is on already. Say first that you are safe.',
    begun: 'Under way',
    done: 'Done',
    leave: 'Leave the exercise',
    ready: 'Finish',
    learnt: 'Well done',
    texts: {
      first: 'Practice: the neighbour has the spare key.',
      second: 'Practice: the caretaker has the spare key.',
    },
    exercises: {
      offline: {
        title: 'A visit without a network',
        steps: [
          'Turn the network off: put the phone into aeroplane mode.',
          `Tap the plus, choose a client, log the visit and tap Save.`,
          'Turn the network on again and wait until the entry is sent.',
        ],
        learnt:
          'The entry was safe on the device all the time and was sent by itself when the network came back. In the field you never have to wait for a network.',
      },
      differing: {
        title: 'Two entries that differ',
        steps: [
          `One client now has an entry with two different texts. Open Today and find ${entries.differingToday}.`,
          'Choose which text is right, or keep both.',
        ],
        learnt:
          'When two people or devices write the same thing differently, nothing is lost: Ovikello asks, and the other text stays in the history.',
      },
      checkIn: {
        title: 'Check-in',
        steps: [
          `Open a client’s page, tap ${caseFile.more} and choose ${checkIn.start}.`,
          `Choose the time and tap ${checkIn.arm}. This is an exercise: nobody is alarmed.`,
          `The time is running. When you are ready, open the check-in and tap ${checkIn.safe}.`,
        ],
        learnt:
          'On a real visit the server counts the time even if the phone is off, and alarms the team first if you do not answer.',
      },
    },
  },
  install: {
    title: 'Install Ovikello',
    why: 'Installed, Ovikello opens from its own icon, works without a network and keeps its data more safely.',
    installed: 'Ovikello is installed on this device.',
    now: 'Install now',
    asked: 'The browser asks you to confirm.',
    android: 'Android',
    androidSteps: [
      'Open Ovikello in Chrome.',
      'Tap the browser’s menu with three dots.',
      'Choose Install app or Add to home screen.',
      'Open Ovikello from the new icon and sign in.',
    ],
    ios: 'iPhone and iPad',
    iosSteps: [
      'Open Ovikello in Safari.',
      'Tap the Share icon: a square with an arrow pointing up.',
      'Choose Add to Home Screen and tap Add.',
      'Open Ovikello from the new icon and sign in.',
    ],
    desktop: 'Computer',
    desktopSteps: [
      'Open Ovikello in Chrome or Edge.',
      'Click the install icon at the right of the address bar, or open the menu and choose Install Ovikello.',
      'Ovikello opens in a window of its own.',
    ],
    thisDevice: 'This device',
    others: 'Other devices',
    firefox: 'In Firefox Ovikello works in a tab but cannot be installed on a computer.',
    iosRisk:
      'Safari may remove the data from this device if you do not open Ovikello for a week. Once installed, the data is kept. Send your entries before installing: the new icon downloads your clients once more.',
  },
  device: {
    offlineReady: 'Ovikello now opens without a network too',
    offlineNotYet: 'Ovikello does not open without a network yet. Keep it open for a moment.',
    offlineNever: 'In this browser Ovikello does not open without a network.',
    iosTab:
      'Safari may remove the data if you do not open Ovikello for a week. Add it to the Home Screen: Menu tells how.',
    evicted: 'The browser has removed Ovikello’s data from this device',
    evictedWhy:
      'This happens when the device is full or the browser’s data is cleared. Entries that were sent are downloaded again when you sign in.',
    evictedUnsent: (n) =>
      plural(n, {
        one: '1 entry was still waiting to be sent. It cannot be restored: log it again.',
        other: `${n} entries were still waiting to be sent. They cannot be restored: log them again.`,
      }),
  },
  notFound: 'This page does not exist',
  notFoundWhy: 'The address is old, or the information is no longer on this device.',
};
