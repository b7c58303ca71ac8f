/** Whether a client who is being entered is likely here already. It is said while typing, and never stops anybody. Pure. */

import { nameAlone } from './namesakes.ts';
import type { CaseSummary } from '../model/engine.ts';
import { areAlike, likenessOf } from '../rules/alike.ts';

/** What has been typed of the new client; empty where nothing has. */
export interface Entered {
  case: string;
  name: string;
  birthYear: number | null;
  phone: string;
}

/** Those who are like the one entered by any of their files (H7). */
export function likeClients(entered: Entered, clients: readonly CaseSummary[]): CaseSummary[] {
  const own = likenessOf(entered.name, entered.birthYear, entered.phone);
  const isLikeFile = (file: CaseSummary) =>
    areAlike(own, likenessOf(nameAlone(file), file.birthYear ?? null, file.phone ?? ''));
  return clients.filter((client) => {
    const files = [client, ...(client.duplicates ?? [])];
    return files.every((file) => file.case !== entered.case) && files.some(isLikeFile);
  });
}
