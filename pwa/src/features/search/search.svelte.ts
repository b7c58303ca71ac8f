/** What is searched for and what was found: kept while the person looks at a hit, never in the address, gone at the lock. */

import { app } from '../../app/app.svelte.ts';
import type { Found, Question } from '../../model/engine.ts';

/** A pause in the typing: what flashes by is neither searched nor logged as read. */
const PAUSE_MS = 200;

export const searchQuery = $state<{
  words: string;
  /** 'all', or a kind */
  kind: string;
  whose: 'mine' | 'all';
}>({
  words: '',
  kind: 'all',
  whose: 'all',
});

let found = $state.raw<Found | null>(null);
let failed = $state(false);
/** counts the questions: an answer to an older one is not shown */
let number = 0;

export const results = {
  get found(): Found | null {
    return found;
  },
  get failed(): boolean {
    return failed;
  },
};

/** Asks after a pause, and again until every case file has been looked at. Returns how to stop. */
export function search(question: Question | null): () => void {
  const own = (number += 1);
  failed = false;
  if (question === null) {
    found = null;
    return () => undefined;
  }
  const timer = setTimeout(() => void ask(question, own), PAUSE_MS);
  return () => {
    clearTimeout(timer);
    number += 1;
  };
}

async function ask(question: Question, own: number): Promise<void> {
  try {
    do {
      const answer = await app.engine.search(question);
      if (own !== number) return;
      found = answer;
    } while (found.looked < found.all);
  } catch (error) {
    console.error(error instanceof Error ? error.name : 'search');
    if (own === number) failed = true;
  }
}

/** More of one client's hits. */
export async function moreOf(question: Question, caseId: string): Promise<void> {
  const own = number;
  const { cases } = await app.engine.search({ ...question, case: caseId });
  const [more] = cases;
  if (own !== number || !found || !more) return;
  found = { ...found, cases: found.cases.map((one) => (one.case === caseId ? more : one)) };
}

// [V5] The lock leaves nothing of it on the page.
$effect.root(() => {
  $effect(() => {
    if (app.session !== null) return;
    searchQuery.words = '';
    found = null;
    number += 1;
  });
});
