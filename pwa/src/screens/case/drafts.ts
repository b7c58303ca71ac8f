import { paths } from '../../paths.ts';
import type { Draft } from '../../store/engine.ts';

/** Where a draft is gone on with. A form is named `<what>:<record>`, a new one of a client `<what>:new:<kind>…`. */
export function draftPath(draft: Draft): string | null {
  const [what = '', record = '', kind] = draft.form.split(':');
  const isNew = record === 'new';
  switch (what) {
    case 'visit':
      return isNew ? paths.newVisit(draft.case, newKind(kind)) : paths.visit(draft.case, record);
    case 'goal':
      return isNew ? paths.newGoal(draft.case) : paths.goalEdit(draft.case, record);
    case 'note':
      return isNew ? paths.newNote(draft.case) : paths.note(draft.case, record);
    case 'plan':
      return isNew ? paths.plan(draft.case) : paths.movePlan(draft.case, record);
    case 'phase':
      return paths.phase(draft.case);
    case 'mend':
      return paths.outbox;
    default:
      return null;
  }
}

function newKind(kind: string | undefined): 'visit' | 'call' | 'errand' {
  return kind === 'call' || kind === 'errand' ? kind : 'visit';
}

/** The name of a form about a record that does not exist yet: one for each client and kind. */
export function newFormName(what: string, caseId: string, kind?: string): string {
  return `${what}:new:${kind ?? ''}:${caseId}`;
}
