import { app } from '../../app.svelte.ts';
import { clashesWith, type Span } from '../../domain/visits.ts';

interface Clash extends Span {
  record: string;
  name: string;
}

/** Own planned visits at the same time as a plan. A clash warns, it never blocks. */
export function ownClashes(plan: Span, ownRecord: string): Clash[] {
  const me = app.session?.user;
  const visits = app.summaries.flatMap(({ name, visits }) =>
    visits
      .filter((visit) => visit.outcome === null && visit.record !== ownRecord)
      .filter((visit) => visit.worker === me || visit.partner === me)
      .map(({ record, start, end }) => ({ record, start, end, name })),
  );
  return clashesWith(plan, visits);
}
