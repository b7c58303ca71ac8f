import { isOfClient } from '../domain/homes.ts';
import { kindOf } from '../kinds/declared.ts';
import { paths } from '../app/paths.ts';
import type { Draft } from '../model/engine.ts';
import { own } from '../rules/own.ts';
import { kindWord } from '../words/catalogue.svelte.ts';
import { words } from '../words/index.svelte.ts';

/** The form of a client who is not entered yet: there is one. */
export const NEW_CLIENT = 'client:new';
/** And that of a referral. */
export const NEW_INTAKE = 'intake:new';

/** Where a draft is gone on with. A form is named `<what>:<record>`, a new one of a client `<what>:new:<kind>…`. */
export function draftPath(draft: Draft): string | null {
  const [what = '', record = '', kind] = draft.form.split(':');
  const isNew = record === 'new';
  const declared = kindOfForm(what);
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
    case 'client':
      return isNew ? paths.newClient : paths.clientEdit(draft.case);
    case 'intake':
      return paths.newIntake;
    case 'take':
      return paths.takeIn(draft.case);
    case 'mend':
      return paths.outbox;
    default:
      if (kindOf(declared) === undefined) return null;
      return isNew && kind
        ? paths.offered(declared, draft.case, kind)
        : paths.edit(declared, draft.case, record);
  }
}

/** It waits for nobody's case file. */
export function isOfNoClient({ form }: Draft): boolean {
  const [what = ''] = form.split(':');
  return form.endsWith(':new') || !isOfClient(kindOfForm(what));
}

/** "Käynnin kirjaus", or the kind's own name */
export function draftName({ form }: Draft): string {
  const [what = ''] = form.split(':');
  const { unfinished, unfinishedNames } = words.adding;
  const kind = what === 'intake' ? 'referral' : what === 'take' ? 'case' : what;
  return own(unfinishedNames, what) ?? kindWord(`${kindOfForm(kind)}.@name`) ?? unfinished;
}

function newKind(kind: string | undefined): 'visit' | 'call' | 'errand' {
  return kind === 'call' || kind === 'errand' ? kind : 'visit';
}

/** The name of a form about a record that does not exist yet: one for each client and kind. */
export function newFormName(what: string, caseId: string, kind?: string): string {
  return `${what}:new:${kind ?? ''}:${caseId}`;
}

/** Planning a visit took the name that the plan of a client would have. */
const NAMED_OTHERWISE: Record<string, string> = { plan: 'client_plan' };

/** The name of a declared kind's form; `from`: the record and offer that it began with. */
export function kindFormName(
  kind: string,
  caseId: string,
  id: string | null,
  from: string,
): string {
  const what = own(NAMED_OTHERWISE, kind) ?? kind;
  return id === null ? newFormName(what, caseId, from) : `${what}:${id}`;
}

function kindOfForm(what: string): string {
  return Object.entries(NAMED_OTHERWISE).find(([, named]) => named === what)?.[0] ?? what;
}
