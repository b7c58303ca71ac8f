import type { Words } from '../fi/index.ts';

export const clientForm: Words['clientForm'] = {
  newTitle: 'New client',
  title: 'Client details',
  add: 'New client',
  edit: 'Change details',
  newHint:
    'A name is enough to begin with. The rest can be filled in later, without a network too.',

  givenNames: 'Given names',
  familyName: 'Family name',
  birthYear: 'Year of birth',
  ageOverride: 'Why is somebody under 18 given the service?',

  phone: 'Phone',
  address: 'Address',
  municipality: 'Municipality',
  area: 'Area',

  home: 'Language and household',
  language: 'Language',
  otherLanguage: 'Another, or not known',
  interpreterNeeded: 'Needs an interpreter',
  interpreterLanguage: 'Language of the interpreter',
  household: 'Household',
  notKnown: 'Not known',
  adults: 'Adults',
  children: 'Children',
  childrenLive: 'Where do the children live?',

  safety: 'Safety',
  flags: 'Before the visit',
  safetyNote: 'More about it',
  safetyUntil: 'To be looked at again by',
  nonDisclosureUntil: 'Non-disclosure ends',

  service: 'Service and support',
  serviceType: 'Service',
  serviceStart: 'Service begins',
  serviceEnd: 'Service ends',
  firstPhase: 'First support phase',
  noPhaseYet: 'Agreed later',
  hours: 'Hours a month',
  hoursHint: (hours: string) => `Leave empty if it is the usual amount of the phase, ${hours}`,
  rhythm: 'Days between visits',
  rhythmHint: 'For example 7: once a week',
  ownWorker: 'Key worker',
  noWorker: 'Not agreed yet',
  movesAway: (name: string) =>
    `When you save, this client's file moves to ${name} and leaves this device.`,
  movesTo: (name: string) => `When you save, ${name} gets this client's file.`,
  socialWorker: 'Social worker',
  socialWorkerPhone: "Social worker's phone",

  like: 'Is this the same client?',
  likeHint: 'You can save all the same if this is another person.',
  born: (year: number) => `b. ${year}`,

  nameMissing: 'Give a given name or a family name',
  birthYearWrong: (year: string) => `The year of birth has to be between 1900 and ${year}`,
  ageOverrideMissing: 'Write down why somebody under 18 is given the service',
  householdWrong: 'Adults and children have to be whole numbers from 0 to 30',
  serviceWrong: 'The service cannot end before it begins',
  phoneWrong: 'Write one phone number, for example 040 123 4567',
  socialPhoneWrong: 'Write one phone number for the social worker, for example 040 123 4567',
  rhythmWrong: 'The days between visits have to be a whole number from 1 to 365',
  hoursWrong: 'The hours have to be a whole number from 0 to 200',
};
