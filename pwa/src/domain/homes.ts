/** Which file a kind's records live in (H). Pure. */

import { kindOf } from '../kinds/declared.ts';

/** A client's, now or once the intake has become a case; so is what a newer server declares. */
export function isOfClient(kind: string): boolean {
  return ['case', 'intake', undefined].includes(kindOf(kind)?.home);
}
