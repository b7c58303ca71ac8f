import type { Words } from '../fi/index.ts';
import { plural } from '../plural.ts';

/** Referrals that nobody has taken in yet. */
export const intake: Words['intake'] = {
  title: 'Referrals',
  add: 'Enter a referral',
  refer: 'Make a referral',
  empty: 'No referrals are waiting',
  emptyHint: 'A new referral is entered here, without a network too. The whole team sees it.',
  unnamed: 'Name not known',
  person: 'Who needs help?',
  answerBy: (when: string) => `By ${when}`,
  late: (when: string) => `Overdue: ${when}`,
  answerNow: 'Record an answer now',
  answeredNow: 'The answer is recorded',
  takeIn: 'Take in as a client',
  takeInHint: 'This came with the referral, which stays with the client.',
  notClient: 'A referral, not a client yet',
  notClientWhy:
    'The whole team sees it until somebody takes the person in. From then on only the own worker and the leader do.',
  change: 'Change personal details',
  same: 'The same person',
  count: (n: number) => plural(n, { one: '1 referral', other: `${n} referrals` }),
  noRoof: (n: number) => `${n} without a roof tonight`,
  returner: 'A returning client',
  earlierPlan: 'Earlier plan',
  earlierCase: 'Earlier case',
  earlierClosed:
    'The earlier case is not open to you. Whoever has answered the referral, or a supervisor, can open it for two weeks.',
  openWhy: 'Why is it opened?',
  openWhyMissing: 'Choose a reason. It is kept in the log.',
  openReasons: {
    old_plan: 'The earlier plan as ground for a new one',
    safety: 'Safety',
    client_asks: 'The client asks for it',
  },
  openEarlier: 'Open the earlier case',
  openNeedsNetwork: 'Opening needs a network. Try again when there is one.',
  opened: 'Opened. It is kept in the log.',
  openUntil: (when) => `Open until ${when}`,
};
