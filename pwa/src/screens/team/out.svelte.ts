/** Who is out, as a supervisor or a colleague who was told may see it (K3). Kept in memory only. */

import { asked, type Failed, type Shape } from '../../asking.ts';

export type Out = Shape['CheckInShape'];

const PATH = '/api/checkins';

let list = $state.raw<Out[]>([]);
let at = $state<string | null>(null);
let failed = $state.raw<Failed | null>(null);
/** looks are counted: an older one's answer does not take the place of a newer one's */
let looks = 0;
let answered = 0;

export const outNow = {
  /** the most urgent first */
  get list(): Out[] {
    return list;
  },
  /** the server's clock when it said so */
  get at(): string | null {
    return at;
  },
  get failed(): Failed | null {
    return failed;
  },
  async look(): Promise<void> {
    const own = (looks += 1);
    const answer = await asked<Shape['Out']>('GET', PATH, 'check_ins');
    if (own < answered) return;
    answered = own;
    failed = 'failed' in answer ? answer.failed : null;
    if ('failed' in answer) return;
    list = [...answer.ok.check_ins].sort(byUrgency);
    at = answer.ok.server_time;
  },
  async confirm(id: string, safe: boolean): Promise<Failed | null> {
    const answer = await asked<Out>('POST', `${PATH}/${id}/confirm`, 'deadline', { safe });
    if ('failed' in answer) return answer.failed;
    await outNow.look();
    return null;
  },
  /** Each look is noted (K4). */
  place(id: string) {
    return asked<Shape['Place']>('POST', `${PATH}/${id}/place`, 'place');
  },
};

/** Somebody has to look after them. */
export function isUnanswered({ stage }: Out): boolean {
  return stage === 'colleague' || stage === 'supervisor' || stage === 'alert';
}

function byUrgency(a: Out, b: Out): number {
  const rank = (one: Out) => (one.stage === 'alert' ? 0 : 1);
  return rank(a) - rank(b) || a.deadline.localeCompare(b.deadline);
}
