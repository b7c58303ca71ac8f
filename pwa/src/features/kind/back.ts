/** Where a list of one kind was opened from. */

import { paths } from '../../app/paths.ts';
import { isOfClient } from '../../domain/homes.ts';
import { kindOf } from '../../kinds/declared.ts';

export function back(kind: string, caseId: string): string {
  if (isOfClient(kind)) return paths.client(caseId);
  return kindOf(kind)?.home === 'organisation' ? paths.registers : paths.more;
}
