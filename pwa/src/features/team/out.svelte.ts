/** Who is out, as a supervisor or a colleague who was told may see it (K3). Kept in memory only. */

import { apiRequest, type ApiResult, type Failed, type Shape } from '../../app/api.ts';
import { askedPage } from '../../app/paged.svelte.ts';

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
    const answer = await everybody();
    if (own < answered) return;
    answered = own;
    failed = 'failed' in answer ? answer.failed : null;
    if ('failed' in answer) return;
    list = answer.ok.check_ins.sort(byUrgency);
    at = answer.ok.server_time;
  },
  async confirm(id: string, safe: boolean): Promise<Failed | null> {
    const answer = await apiRequest<Out>('POST', `${PATH}/${id}/confirm`, 'deadline', { safe });
    if ('failed' in answer) return answer.failed;
    await outNow.look();
    return null;
  },
  /** Each look is noted (K4). */
  place(id: string) {
    return apiRequest<Shape['Place']>('POST', `${PATH}/${id}/place`, 'place');
  },
};

/** All pages: nobody who is out stands behind a button. Who moved between two of them is there once, as last told. */
async function everybody(): Promise<ApiResult<Shape['Out']>> {
  let found: Out[] = [];
  for (let after = ''; ;) {
    const answer = await askedPage<Shape['Out']>(PATH, 'check_ins', after);
    if ('failed' in answer) return answer;
    const told = answer.ok.check_ins;
    found = [...found.filter(({ id }) => !told.some((one) => one.id === id)), ...told];
    if (answer.ok.next === null) return { ok: { ...answer.ok, check_ins: found } };
    after = answer.ok.next;
  }
}

/** Somebody has to look after them. */
export function isUnanswered({ stage }: Out): boolean {
  return stage === 'colleague' || stage === 'supervisor' || stage === 'alert';
}

function byUrgency(a: Out, b: Out): number {
  const rank = (one: Out) => (one.stage === 'alert' ? 0 : 1);
  return rank(a) - rank(b) || a.deadline.localeCompare(b.deadline);
}
