/**
 * [L6] The log of the coming days' case files, fetched when there is time, so that history can be looked at in a cellar.
 * A page at a time from the place that was reached; what waits to be sent always goes first.
 */

import type { CaseSummary, VisitSummary } from '../model/engine.ts';
import { fileSeq, nextOfLog, takeLogPage } from './record_history.ts';
import type { Store } from '../store/store.ts';
import { readFileLog } from './fetch_history.ts';
import type { Link } from './messages.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const AHEAD_MS = 7 * DAY_MS;
const FILES_MAX = 20;
/** between two pages: whatever else needs the network gets in */
const PAUSE_MS = 1_000;

/** Ends early where something waits to be sent, or without an answer: the next exchange begins it again. */
export async function prefetchHistory(store: Store, link: Link, pauseMs = PAUSE_MS): Promise<void> {
  const summaries = [...store.index.values()].flatMap(({ summary }) => summary ?? []);
  for (const caseId of casesToPrefetch(summaries, store.session.user, store.now())) {
    for (;;) {
      const seq = await fileSeq(store, caseId);
      const after = await nextOfLog(store, caseId);
      if (after === null) break;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (store.outbox.count('waiting') > 0) return;
      const answer = await readFileLog(link, caseId, after);
      if ('none' in answer) return;
      // Access was lost since: the next exchange says so.
      if ('refused' in answer) break;
      await takeLogPage(store, caseId, after, seq, answer.ok);
    }
  }
}

/** Case files with a visit from today on, the person's own visits first, then by their start. */
export function casesToPrefetch(summaries: CaseSummary[], user: string, now: number): string[] {
  const from = new Date(now - DAY_MS).toISOString();
  const until = new Date(now + AHEAD_MS).toISOString();
  const isOwn = ({ worker, partner }: VisitSummary) => worker === user || partner === user;
  const visits = summaries
    .flatMap((summary) => summary.visits)
    .filter(({ start }) => start >= from && start < until)
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || a.start.localeCompare(b.start));
  return [...new Set(visits.map((visit) => visit.case))].slice(0, FILES_MAX);
}
