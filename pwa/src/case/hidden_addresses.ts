/** [G12] Where a client under a non-disclosure lives is told by the pages that are opened for it, and by no list. */

import { app } from '../app/app.svelte.ts';
import { fieldAt } from '../kinds/fields.ts';
import type { Json } from '../model/engine.ts';
import { words } from '../words/index.svelte.ts';
import { valueText, type Names } from '../words/readable.ts';

/** A value in a list across clients. Of whom nothing is known here, nothing is told. */
export function listedText(
  { case: caseId, kind }: { case: string; kind: string },
  path: string,
  value: Json,
  names: Names,
): string {
  const isHidden = app.byCase.get(caseId)?.safety.includes('non_disclosure') ?? true;
  return isHidden && fieldAt(kind, path)?.address
    ? words.today.addressHidden
    : valueText(kind, path, value, names);
}
