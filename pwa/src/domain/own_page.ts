/** What a client is given of their own case on one page (Q12): nothing of anybody else, no code and no judgement. Pure. */

import type { RecordView } from '../model/engine.ts';
import { isRemoved } from '../rules/merge.ts';
import { dayOf, type Day, type Instant } from '../rules/time.ts';
import { goalsOf, stepsOf } from './goals.ts';
import { ownHandOf, type OwnHand } from './own_hand.ts';
import { lineOf, textOf } from './records.ts';
import { entryTime, plannedVisits, spanOf, visitsOf, type Span } from './visits.ts';

const VISITS_MAX = 4;
const AGREED_MAX = 3;

interface Part {
  who: 'client' | 'worker' | 'commissioner';
  text: string;
}

interface OwnGoal {
  id: string;
  title: string;
  /** in the client's own words */
  words: string;
  /** what is still to be done */
  steps: string[];
}

interface OwnPage {
  visits: Span[];
  /** what was agreed at the latest visits, the newest first */
  agreed: { day: Day; text: string }[];
  goals: OwnGoal[];
  /** of the plan that was agreed last: who does what */
  plan: { parts: Part[]; reviewOn: Day | null; answer: OwnHand | null } | null;
}

export function ownPageOf(records: readonly RecordView[], now: Instant): OwnPage {
  const all = [...records];
  return {
    visits: plannedVisits(all, now)
      .flatMap((visit) => spanOf(visit, 'plan') ?? [])
      .slice(0, VISITS_MAX),
    agreed: visitsOf(all)
      .map((visit) => ({ at: entryTime(visit), text: textOf(visit, 'agreed') }))
      .filter(({ at, text }) => at !== '' && text !== '')
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, AGREED_MAX)
      .map(({ at, text }) => ({ day: dayOf(at), text })),
    goals: goalsOf(all).open.map((goal) => ({
      id: goal.id,
      title: textOf(goal, 'title'),
      words: textOf(goal, 'client_words'),
      steps: stepsOf(goal)
        .filter(({ doneOn }) => doneOn === null)
        .map(({ text }) => text),
    })),
    plan: planOf(all),
  };
}

function planOf(records: RecordView[]): OwnPage['plan'] {
  const agreedOn = (plan: RecordView) => lineOf(plan, 'agreed_on') ?? '';
  const [plan] = records
    .filter((one) => one.kind === 'plan' && !isRemoved(one) && agreedOn(one) !== '')
    .sort((a, b) => (agreedOn(a) < agreedOn(b) ? 1 : -1));
  if (plan === undefined) return null;
  const whose = ['client', 'worker', 'commissioner'] as const;
  return {
    parts: whose
      .map((who) => ({ who, text: textOf(plan, `${who}_part`) }))
      .filter(({ text }) => text !== ''),
    reviewOn: lineOf(plan, 'review_on'),
    answer: ownHandOf(plan),
  };
}
