/**
 * What a client reads, answers, signs and rates on this device (Y5–Y8). While the store is locked an answer lies sealed to a key that only
 * the opened store has; then it becomes a change of the record like any other.
 */

import { v7 } from 'uuid';
import { app } from '../../app/app.svelte.ts';
import { showToast } from '../../app/toast.svelte.ts';
import { asParts } from '../../domain/records.ts';
import { isLogged } from '../../domain/visits.ts';
import type { Edit, Json } from '../../model/engine.ts';
import { keepOpenly, readOpenly } from '../../platform/in_the_open.ts';
import { isRemoved } from '../../rules/merge.ts';
import { own } from '../../rules/own.ts';
import { dayOf, type Day } from '../../rules/time.ts';
import type { ClientLanguage } from '../../words/client_languages.ts';
import { words } from '../../words/index.svelte.ts';
import { out } from './out.svelte.ts';
import type { Feedback, Sheet } from './own_rating.ts';
import type { Paper } from './papers.ts';

/** What was chosen to be shown, and the record that an answer belongs to, as it was then. */
export interface Shown {
  language: ClientLanguage;
  shows: Paper | Sheet | Feedback;
  /** null: it is read, and nothing is asked */
  answers: Answers | null;
}

type Answers = Omit<Edit, 'set'> & {
  /** of a record that is answered to: what was shown, and whether a signature gives it its day */
  saw?: string[];
  takesDay?: boolean;
  opens?: Opens;
  into?: string;
};

/** [Y8] When the worker may see it: once this visit is logged, or after that day. */
interface Opens {
  visit: string | null;
  after: Day;
}

/** What lies sealed. */
interface Given {
  edit: Edit;
  opens?: Opens;
  /** [Y9] the item whose parts are given: what else is in it does not go into the client's hand, and is read anew */
  into?: string;
}

type Handed = Shown & { id: string; profile: string; key: string };

/** One answer: whose store opens it is in the open, whose it is and what it says is not. */
interface Kept {
  id: string;
  profile: string;
  sealed: string;
}

/** What became of one that was taken up. */
type Came = 'answer' | 'rating' | 'waits';

const NAME = 'own_hand';

class OwnHand {
  /** in this tab, while the client holds the phone */
  handed = $state.raw<Handed | null>(null);
  /** answers that may not be seen yet */
  waiting = $state(0);
  #sealing: Promise<void> = Promise.resolve();

  /** Shows it once the store is locked. */
  async handOver(shown: Shown): Promise<void> {
    const profile = app.session?.profile;
    if (profile === undefined) return;
    const key = await app.engine.byHand();
    this.handed = { ...shown, id: v7(), profile, key };
    out.set(true);
  }

  /** Sealed at once, one after the other: neither a reload nor an empty battery loses it. Null: it was all taken back. */
  give(set: Record<string, Json> | null): Promise<void> {
    const { handed } = this;
    if (!handed?.answers) return Promise.resolve();
    const { id, profile, key, answers } = handed;
    const given = set && givenBy(answers, set);
    this.#sealing = this.#sealing
      .catch(() => undefined)
      .then(async () => {
        const sealed = given && (await app.engine.sealAnswer(key, JSON.stringify(given)));
        const others = read().filter((one) => one.id !== id);
        keep(sealed === null ? others : [...others, { id, profile, sealed }]);
      });
    return this.#sealing;
  }

  /** The client is ready, or was away too long. */
  async end(): Promise<void> {
    await this.#sealing.catch(() => undefined);
    this.handed = null;
  }

  /** The worker has the phone again. */
  returned(): void {
    this.handed = null;
    out.set(false);
  }

  /**
   * Whoever has opened the store has the phone in hand, and takes what was given to it: what may be seen by now, or `all` of it.
   * It is saved before it is put away: taken twice it is the same value twice, which is shown as one (M4).
   */
  async collect(all = false): Promise<void> {
    await navigator.locks.request(NAME, async () => {
      const profile = app.session?.profile;
      const here = new Set((await app.engine.profiles()).map(({ id }) => id));
      // What was sealed to a store that is gone is nothing to anybody.
      keep(read().filter((one) => here.has(one.profile)));
      const mine = read().filter((one) => one.profile === profile && one.id !== this.handed?.id);
      const came: Came[] = [];
      for (const one of mine) came.push(await this.#take(one, all));
      this.waiting = came.filter((one) => one === 'waits').length;
      // A rating comes with the save of its visit, whose own word and Kumoa stay on the screen.
      if (came.includes('answer')) showToast(words.handOver.collected);
    });
  }

  /** One that cannot be taken keeps no other back. */
  async #take({ id, sealed }: Kept, all: boolean): Promise<Came> {
    try {
      const { edit, opens, into } = JSON.parse(await app.engine.byHand(sealed)) as Given;
      if (!all && opens && !(await mayBeSeen(edit.case, opens))) return 'waits';
      const whole = into === undefined ? edit : await inItem(edit, into);
      if (whole === null) return 'waits';
      await app.engine.save([whole]);
      keep(read().filter((one) => one.id !== id));
      return opens ? 'rating' : 'answer';
    } catch (error) {
      if (app.session !== null) console.error(error);
      return 'waits';
    }
  }
}

function givenBy(answers: Answers, set: Edit['set']): Given {
  const { record, kind, case: caseId, seen, opens, into } = answers;
  const ids = Object.keys(set).map((path) => [path, own(seen, path) ?? []] as const);
  const known = Object.fromEntries(ids.filter(([, shown]) => shown.length > 0));
  const edit: Edit = { record, kind, case: caseId, set, seen: known };
  return { edit, ...(opens ? { opens } : {}), ...(into ? { into } : {}) };
}

/** As the item stands now, with what was given in it; null where it is not there (any more). */
async function inItem(edit: Edit, into: string): Promise<Edit | null> {
  const found = await app.engine.record(edit.case, edit.record);
  const versions = (found && own(found.fields, into)) ?? [];
  const parts = asParts(versions[0]?.value ?? null);
  if (Object.keys(parts).length === 0) return null;
  return {
    ...edit,
    set: { [into]: { ...parts, ...edit.set } },
    seen: { [into]: versions.map(({ change }) => change) },
  };
}

/** [Y8] A visit that is not there any more keeps nothing back. */
async function mayBeSeen(caseId: string, { visit, after }: Opens): Promise<boolean> {
  if (visit === null) return dayOf(Date.now()) > after;
  const found = await app.engine.record(caseId, visit);
  return found === null || isRemoved(found) || isLogged(found);
}

/** Another tab may have changed it. */
function read(): Kept[] {
  try {
    return JSON.parse(readOpenly(NAME) ?? '[]') as Kept[];
  } catch {
    return [];
  }
}

function keep(all: Kept[]): void {
  keepOpenly(NAME, all.length > 0 ? JSON.stringify(all) : null);
}

export const ownHand = new OwnHand();
