/** The case file that the next screen shows, read before the screen stands: it comes whole, in one frame. */

import { app } from './app.svelte.ts';
import type { Draft, RecordView } from '../model/engine.ts';

interface PrefetchedCase {
  caseId: string;
  records: RecordView[];
  /** null: its screen has no form */
  drafts: Draft[] | null;
}

/** A screen whose case file takes longer stands empty first: the tap is answered. */
const WAIT_MAX_MS = 80;

/** from the finger on a link to it until its screen is made, unless something in it changes */
let reading: { caseId: string; file: Promise<PrefetchedCase> } | null = null;
/** while its screen is being made */
let kept: PrefetchedCase | null = null;

/** Nothing of it is shown yet, so no reading is noted (L3). */
export function prefetchCase(caseId: string, isForm: boolean): void {
  const { engine } = app;
  const both = Promise.all([app.openClient(caseId, true), isForm ? engine.drafts() : null]);
  const file = both.then(([records, drafts]) => ({ caseId, records, drafts }));
  file.catch(() => undefined);
  reading = { caseId, file };
}

/** What is read may have changed, or may be read no longer. */
export function forgetPrefetched(cases?: string[]): void {
  if (!reading || !cases || app.filesOf(reading.caseId).some((one) => cases.includes(one)))
    reading = null;
}

/**
 * It is going to be shown: the reading is noted, which the screen does not wait for. Null where it takes too long, does not
 * come, or has changed meanwhile.
 */
export async function openPrefetched(
  caseId: string,
  isForm: boolean,
): Promise<PrefetchedCase | null> {
  for (const file of app.filesOf(caseId)) void app.engine.logAccess(file).catch(console.error);
  if (reading?.caseId !== caseId) prefetchCase(caseId, isForm);
  const mine = reading;
  const late = new Promise<null>((resolve) => setTimeout(resolve, WAIT_MAX_MS, null));
  const file = await Promise.race([mine?.file ?? null, late]).catch(() => null);
  if (reading !== mine) return null;
  reading = null;
  return file;
}

/** For the screen that is made now; null: it is made. What is older than the frame may have changed. */
export function keepPrefetched(prefetched: PrefetchedCase | null): void {
  kept = prefetched;
}

export function prefetchedFor(caseId: string): PrefetchedCase | null {
  return kept?.caseId === caseId ? kept : null;
}
