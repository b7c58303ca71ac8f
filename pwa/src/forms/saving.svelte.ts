/**
 * One save, from the tap to a word (E2): what is to be fixed is told at its fields, and whatever is thrown on the way is told as
 * a sentence. What was typed stays in either case. Every form of the app saves through this.
 */

import { showFailure } from '../app/toast.svelte.ts';
import { words } from '../words/index.svelte.ts';

/** What must be fixed before it can be saved, with the id of its field. */
export interface Fault {
  field: string;
  message: string;
}

export class Saving {
  readonly #faults: () => Fault[];
  readonly #save: () => Promise<unknown>;
  busy = $state(false);
  /** why the last try came to nothing */
  failure = $state<string | null>(null);
  #tried = $state(false);
  /** told from the first try on */
  readonly problems: Fault[] = $derived.by(() => (this.#tried ? this.#faults() : []));

  /** `save` throws where nothing was saved; a string that it answers says why not. */
  constructor(faults: () => Fault[], save: () => Promise<unknown>) {
    this.#faults = faults;
    this.#save = save;
  }

  errorAt(field: string): string | undefined {
    return this.problems.find((problem) => problem.field === field)?.message;
  }

  /** The second tap of two finds it busy, and saves nothing twice. */
  run = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      const found = this.#faults();
      this.#tried = true;
      if (found.length > 0) return;
      const refused = await this.#save();
      if (typeof refused === 'string') this.failure = refused;
    } catch (error) {
      console.error(error);
      this.failure = sentenceFor(error);
      showFailure(this.failure);
    } finally {
      this.busy = false;
    }
  };
}

/** The engine's errors come with their names, whichever thread they were thrown on. */
function sentenceFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return words.entries.diskFull;
  return words.shell.notSaved;
}
