/** The case file that the next screen shows, read before the screen stands: it comes whole, in one frame. */

import type { Draft, Engine, RecordView } from './store/engine.ts';

export interface Ahead {
  caseId: string;
  records: RecordView[];
  /** for a screen with a form */
  drafts: Draft[];
}

/** A screen whose case file takes longer stands empty first: the tap is answered. */
const WAIT_MAX_MS = 80;

let held: Ahead | null = null;

/** Notes the reading as well: what is read here is shown. `null` where it takes too long, or does not come. */
export async function readAhead(
  engine: Engine,
  caseId: string,
  withDrafts: boolean,
): Promise<Ahead | null> {
  const read = Promise.all([engine.openCase(caseId), withDrafts ? engine.drafts() : []]).then(
    ([records, drafts]) => ({ caseId, records, drafts }),
    () => null,
  );
  const late = new Promise<null>((resolve) => setTimeout(resolve, WAIT_MAX_MS, null));
  return Promise.race([read, late]);
}

/** For the screen that is made now; `null`: it is made. What is older than the frame may have changed. */
export function hold(ahead: Ahead | null): void {
  held = ahead;
}

export function heldFor(caseId: string): Ahead | null {
  return held?.caseId === caseId ? held : null;
}
