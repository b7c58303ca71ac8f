/**
 * Every field autosaves (R9): the first keystroke starts a short wait, and what stands in the form at its end is sealed.
 * Typing on does not put it off, so a killed app loses at most the wait.
 */

import type { Draft, Json } from '../model/engine.ts';

const AUTOSAVE_WAIT_MS = 300;

/** The part of the engine that keeps drafts. */
interface DraftStore {
  saveDraft(draft: Draft): Promise<void>;
  dropDraft(id: string): Promise<void>;
}

interface Autosave {
  /** something was typed: seal what the form holds soon */
  touched(): void;
  /** seal now what has not been sealed yet: before the key is dropped (V5), and when the page is hidden */
  flush(): Promise<void>;
  /** the form was saved or thrown away: its draft goes, and nothing more is sealed */
  drop(): Promise<void>;
  /** the form was left: its draft stays */
  close(): Promise<void>;
}

/** `contents` reads the form as it stands when it is sealed. `sealed` hears of each try: null, or why there was no room for it. */
export function autosaveOf(
  store: DraftStore,
  about: { form: string; case: string },
  contents: () => { values: Json; seen: Draft['seen'] },
  sealed: (failed: unknown) => void = () => undefined,
  waitMs = AUTOSAVE_WAIT_MS,
): Autosave {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last: Promise<void> = Promise.resolve();
  let ended = false;

  const flush = (): Promise<void> => {
    if (timer === null || ended) return last;
    clearTimeout(timer);
    timer = null;
    // `about` may hold more, functions even: a draft goes to the worker, and functions cannot.
    const { form, case: caseId } = about;
    const draft: Draft = { id: form, form, case: caseId, ...contents(), savedAt: Date.now() };
    last = last
      .then(() => store.saveDraft(draft))
      .then(() => {
        sealed(null);
      }, sealed);
    return last;
  };

  const autosave: Autosave = {
    touched() {
      if (ended) return;
      timer ??= setTimeout(() => void flush(), waitMs);
    },
    flush,
    async close() {
      await flush();
      ended = true;
    },
    async drop() {
      ended = true;
      await last;
      await store.dropDraft(about.form);
    },
  };
  return autosave;
}
