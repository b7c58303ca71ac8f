import { app } from '../app/app.svelte.ts';
import type { Item } from '../domain/agenda.ts';
import { clashesWith, type Span } from '../domain/visits.ts';
import { takesTime } from './visit_item.ts';

interface Clash extends Span {
  record: string;
  case: string;
  name: string;
  logged: boolean;
}

/** Own visits at the same time among these, planned or made. A clash warns, it never blocks. */
export function ownClashes(plan: Span, ownRecord: string, among: readonly Item[]): Clash[] {
  const me = app.session?.user;
  const visits = among
    .filter((item) => takesTime(item) && item.visit.record !== ownRecord)
    .filter(({ visit }) => visit.worker === me || visit.partner === me)
    .map(({ visit, client }) => {
      const { record, start, end, outcome } = visit;
      return { record, start, end, case: client.case, name: client.name, logged: outcome !== null };
    });
  return clashesWith(plan, visits);
}
